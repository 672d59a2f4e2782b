import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import entries from "../../scripts/entries.json" with { type: "json" };
import runtimes from "../../scripts/runtimes.json" with { type: "json" };
import { createTestCertificate } from "../../src/testing/index.ts";
import { requireFile } from "../support/require.ts";

const root = join(import.meta.dirname, "..", "..");
const scripts = join(root, "test", "runtimes");
/** An empty project, with nothing in it but the tarball and what it depends on. */
const project = mkdtempSync(join(tmpdir(), "samlcert-runtimes-"));
const installed = join(project, "node_modules", "samlcert");

/** Each program of test/runtimes/, and what of the package it is given. */
const SCRIPTS = {
  "certificates.mjs": join(installed, "dist/certificates/index.js"),
  "rotation.mjs": join(installed, "dist"),
};

function must(bin: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(bin, args, {
    cwd,
    encoding: "utf8",
    timeout: 120_000,
  });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

beforeAll(async () => {
  // A copy, so that the build does not meet another one in dist/.
  const copy = join(project, "package");
  mkdirSync(copy);
  for (const name of ["package.json", "README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"]) {
    cpSync(join(root, name), join(copy, name));
  }
  cpSync(join(root, "fixtures", "demo"), join(copy, "fixtures", "demo"), { recursive: true });
  const tsup = join(root, "node_modules/tsup/dist/cli-default.js");
  const quick = ["--silent", "--no-dts", "--no-sourcemap", "--out-dir", join(copy, "dist")];
  must(process.execPath, [tsup, ...quick], root);
  const packed = must("npm", ["pack", "--json", "--pack-destination", project], copy);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const silent = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  must("npm", ["install", ...silent, `./${filename}`], project);

  const names = Object.keys(entries).map((entry) => JSON.stringify(`samlcert${entry.slice(1)}`));
  writeFileSync(
    join(project, "entries.mjs"),
    `for (const name of [${names.join(", ")}]) {
      if (Object.keys(await import(name)).length === 0) throw new Error(name);
    }\n`,
  );
  writeFileSync(join(project, "idp.pem"), (await createTestCertificate()).pem);
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const own = { name: `this Node (${process.version})`, bin: process.execPath, args: [] as string[] };
const cache = join(root, "node_modules", ".cache", "runtimes");
const others = runtimes.map((runtime) => ({
  ...runtime,
  bin: join(cache, runtime.folder, "node_modules", runtime.bin),
}));

for (const { name, bin, args } of [own, ...others]) {
  const needed = requireFile(bin);
  const run = (...rest: readonly string[]) => must(bin, [...args, ...rest], project);

  describe.skipIf(needed.missing)(`the packed tarball in ${name}${needed.note}`, () => {
    test.each(Object.entries(SCRIPTS))("%s", (script, target) => {
      run(join(scripts, script), target);
    });

    test("gives every entry", () => {
      run("entries.mjs");
    });

    test("checks a certificate at the command line", () => {
      const printed = run("node_modules/samlcert/dist/cli/bin.js", "check", "idp.pem", "--json");
      expect(JSON.parse(printed)).toMatchObject({ summary: { usable: 1, unusable: 0 } });
    });
  });
}
