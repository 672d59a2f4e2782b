import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expandGlob } from "../../src/cli/input/globs.ts";
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

test("check refuses a pattern with too many files instead of leaving some out", async () => {
  await inFolder(async (cwd) => {
    for (let file = 0; file <= 10_000; file++) writeFileSync(join(cwd, `${file}.pem`), "");
    const { code, stdout, stderr } = await runCommand(["check", "*.pem"], { cwd });
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toContain("*.pem matches more than 10000 files.");
  });
}, 60_000);
