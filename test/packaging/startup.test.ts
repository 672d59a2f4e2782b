import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";

const root = join(import.meta.dirname, "..", "..");

/** Writes the URL of each module that is loaded to standard error. */
const HOOK = `
import { writeSync } from "node:fs";
export async function load(url, context, next) {
  writeSync(2, "LOADED " + url + "\\n");
  return await next(url, context);
}`;
const REGISTER = `
import { register } from "node:module";
register("data:text/javascript," + encodeURIComponent(${JSON.stringify(HOOK)}));`;

let folder: string;
let metafile: Metafile;
beforeAll(async () => {
  folder = mkdtempSync(join(root, "node_modules", ".samlcert-startup-"));
  const built = await build({
    entryPoints: { bin: join(root, "src/cli/bin.ts") },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    metafile: true,
    absWorkingDir: root,
  });
  metafile = built.metafile;
  writeFileSync(join(folder, "hook.mjs"), REGISTER);
  writeFileSync(join(folder, "idp.pem"), (await createTestCertificate()).pem);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The sources and the packages that a command loads. */
function loadedBy(...argv: string[]): readonly string[] {
  const hook = join(folder, "hook.mjs");
  const args = ["--import", hook, join(folder, "bin.mjs"), ...argv];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  const urls = [...stderr.matchAll(/^LOADED file:\/\/(.*)$/gm)].map(([, path]) => path as string);
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [basename(path), inputs]),
  );
  return urls.flatMap((path) =>
    path.startsWith(folder) ? Object.keys(outputs.get(basename(path)) ?? {}) : [path],
  );
}

describe("a command loads only what it needs", () => {
  it.each([
    ["check", "idp.pem"],
    ["inspect", "idp.pem"],
    ["explain", "validity.expired"],
  ])("%s", (command, argument) => {
    const loaded = loadedBy(command, argument);
    expect(loaded).toContain(`src/cli/${command}/command.ts`);
    const allowed = ["src/schemas/format.ts", "src/providers/error.ts"];
    const others =
      /^src\/(?:schemas|providers|rotation|watch|trusted-keys|metadata|signature|keys|testing|postgres)\/|^src\/cli\/(?:rotate|metadata|key)\/|\/node_modules\/(?!\.samlcert)/;
    expect(loaded.filter((path) => others.test(path) && !allowed.includes(path))).toEqual([]);
  });

  it("the trace sees zod where it is loaded", () => {
    expect(loadedBy("schema", "check").some((path) => path.includes("/zod/"))).toBe(true);
  });
});
