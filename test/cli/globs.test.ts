import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expandGlob, patternOf } from "../../src/cli/input/globs.ts";
import { inFolder, runCommand } from "../support/cli.ts";

test("expandGlob lists the matching files of folders in order, without hidden ones", async () => {
  await inFolder(async (cwd) => {
    for (const folder of ["b", "a", ".hidden"]) {
      mkdirSync(join(cwd, folder));
      for (const file of ["2.pem", "1.pem", ".x.pem", "1.txt"]) {
        writeFileSync(join(cwd, folder, file), "");
      }
    }
    expect(await expandGlob("*/?.pem", cwd)).toEqual(["a/1.pem", "a/2.pem", "b/1.pem", "b/2.pem"]);
    expect(await expandGlob("nothing*", cwd)).toEqual(["nothing*"]);
    expect(await expandGlob("-", cwd)).toEqual(["-"]);
  });
});

test("expandGlob knows folders at any depth, braces, classes, absolute paths and links", async () => {
  await inFolder(async (cwd) => {
    mkdirSync(join(cwd, "a/b/c"), { recursive: true });
    for (const file of ["x.pem", "a/x.crt", "a/b/y.pem", "a/b/c/[1].pem", "a/b/c/2.txt"]) {
      writeFileSync(join(cwd, file), "");
    }
    symlinkSync(join(cwd, "x.pem"), join(cwd, "a/link.pem"));
    symlinkSync(join(cwd, "a"), join(cwd, "a/b/circle"));
    const all = ["a/b/c/[1].pem", "a/b/y.pem", "a/link.pem", "x.pem"];
    const deep = await expandGlob("**/*.pem", cwd);
    expect(deep.filter((file) => !file.includes("circle"))).toEqual(all);
    expect(deep.length).toBeLessThan(20);
    expect(await expandGlob("a/*.{pem,crt}", cwd)).toEqual(["a/link.pem", "a/x.crt"]);
    expect(await expandGlob("a/b/[xyz].pem", cwd)).toEqual(["a/b/y.pem"]);
    expect(await expandGlob("a/b/c/[1].pem", cwd)).toEqual(["a/b/c/[1].pem"]);
    expect(await expandGlob(join(cwd, "*.pem"), "/")).toEqual([join(cwd, "x.pem")]);
    expect(await expandGlob("../*.pem", join(cwd, "a"))).toEqual(["../x.pem"]);
  });
});

test("a backslash separates folders on Windows alone", () => {
  expect(patternOf("certs\\**\\*.pem", "win32")).toBe("certs/**/*.pem");
  expect(patternOf("a\\*.pem", "linux")).toBe("a\\*.pem");
});

test("check refuses a pattern with too many files instead of leaving some out", async () => {
  await inFolder(async (cwd) => {
    for (let file = 0; file <= 10_000; file++) writeFileSync(join(cwd, `${file}.pem`), "");
    const { code, stdout, stderr } = await runCommand(["check", "*.pem"], { cwd });
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toContain("*.pem matches more than 10000 files.");
  });
}, 60_000);
