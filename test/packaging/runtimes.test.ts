import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import runtimes from "../../scripts/runtimes.json" with { type: "json" };
import { requireFile } from "../support/require.ts";

const root = join(import.meta.dirname, "..", "..");
// Inside node_modules, so that the built entries find their dependencies.
const built = mkdtempSync(join(root, "node_modules", ".samlcert-runtimes-"));
const scripts = join(root, "test", "runtimes");

/** Each program of test/runtimes/, and what of the build it is given. */
const SCRIPTS = { "certificates.mjs": "certificates/index.js", "rotation.mjs": "." };

beforeAll(() => {
  const tsup = join(root, "node_modules/tsup/dist/cli-default.js");
  const args = [tsup, "--silent", "--no-dts", "--no-sourcemap", "--out-dir", built];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
});

afterAll(() => rmSync(built, { recursive: true, force: true }));

const own = { name: `this Node (${process.version})`, bin: process.execPath, args: [] as string[] };
const cache = join(root, "node_modules", ".cache", "runtimes");
const others = runtimes.map((runtime) => ({
  ...runtime,
  bin: join(cache, runtime.folder, "node_modules", runtime.bin),
}));

for (const runtime of [own, ...others]) {
  const needed = requireFile(runtime.bin);
  describe.skipIf(needed.missing)(`${runtime.name}${needed.note}`, () => {
    test.each(Object.entries(SCRIPTS))("%s", (name, entry) => {
      expect(existsSync(runtime.bin)).toBe(true);
      const { status, stdout, stderr } = spawnSync(
        runtime.bin,
        [...runtime.args, join(scripts, name), join(built, entry)],
        { cwd: root, encoding: "utf8", timeout: 60_000 },
      );
      expect(status, `${stdout}\n${stderr}`).toBe(0);
    });
  });
}
