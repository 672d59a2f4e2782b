import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder } from "../support/cli.ts";
import { blocksOf, pages, root } from "./support/pages.ts";
import { sectionBlock, withProgram } from "./support/programs.ts";

/** Runs a program as a user would, in a folder of its own. */
function run(code: string): Promise<{ code: number; output: string }> {
  return inFolder((cwd) =>
    withProgram(
      code,
      (path) =>
        new Promise((done) => {
          execFile(process.execPath, [path], { cwd, timeout: 60_000 }, (error, stdout, stderr) =>
            done({ code: Number(error?.code ?? 0), output: `${stdout}${stderr}` }),
          );
        }),
    ),
  );
}

describe("programs of the guides", () => {
  const fakes = pages()
    .filter(({ path }) => path === "docs/guides/test-your-code.md")
    .flatMap((page) => blocksOf(page))
    .filter(({ language }) => language === "ts")
    .map(({ path, line, code }) => [`${path}:${line}`, code] as const);

  test.each(fakes)("%s", async (_, code) => {
    const result = await run(code);
    expect(result.code, result.output).toBe(0);
  });

  test("the program of docs/getting-started.md completes a rotation", async () => {
    const code = sectionBlock("docs/getting-started.md", "3. Rehearse a rotation");
    const result = await run(code);
    expect(result.code, result.output).toBe(0);
    expect(result.output).toContain("completed");
    expect(result.output).toContain("CN=next");
  });
});

test("the sources of the browser page compile", () => {
  const tsc = join(root, "node_modules/@typescript/native/bin/tsc");
  const args = [tsc, "--noEmit", "--pretty", "false", "-p", join(root, "docs/playground")];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stdout).toBe("");
});
