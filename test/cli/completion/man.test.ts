import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../../src/cli/commands.ts";
import { manPage } from "../../../src/cli/help/man.ts";
import { inFolder, runCommand } from "../../support/cli.ts";
import { requireProgram } from "../../support/require.ts";

const man = requireProgram("man");

describe("the man page", () => {
  test.skipIf(man.missing).each([60, 80, 140, 200])(
    `the man page renders in %i columns without a warning and names every command${man.note}`,
    async (columns) => {
      const source = manPage(commands, "1.2.3");
      await inFolder(async (folder) => {
        const path = join(folder, "samlcert.1");
        writeFileSync(path, source);
        const { stdout, stderr } = spawnSync("man", ["--warnings=w", "-l", path], {
          encoding: "utf8",
          env: { ...process.env, MANWIDTH: String(columns), MANPAGER: "cat", LC_ALL: "C.UTF-8" },
        });
        expect(stderr).toBe("");
        const text = stdout.replaceAll(/\s+/g, " ");
        expect(text).toContain("samlcert 1.2.3");
        for (const { name, options, examples } of commands) {
          expect(text).toContain(`samlcert ${name}`);
          for (const option of options ?? []) expect(text).toContain(`--${option.name}`);
          for (const { command } of examples) {
            expect(text.replaceAll(" \\ ", " ")).toContain(command);
          }
        }
      });
    },
  );

  test("samlcert man prints the man page", async () => {
    const { stdout } = await runCommand(["man"]);
    expect(stdout).toMatch(/^\.TH SAMLCERT 1/);
  });
});
