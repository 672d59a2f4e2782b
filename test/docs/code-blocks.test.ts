import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";
import { inFolder } from "../support/cli.ts";
import { requireFile } from "../support/require.ts";
import { type Block, blocksOf, exampleBlocks, pages, recipes, root } from "./support/pages.ts";
import { aliases, withProgram } from "./support/programs.ts";

const tsc = join(root, "node_modules/@typescript/native/bin/tsc");
const LANGUAGES = ["ts", "tsx"];

/** Frameworks that examples use: without them their blocks cannot be compiled. */
const missing = ["fastify", "express", "react-hook-form"].filter(
  (name) => requireFile(join(root, "node_modules", name, "package.json")).missing,
);

/** The file of a compiled block. Its name shows the origin in the compiler's messages. */
function fileOf({ path, line, language }: Block): string {
  const name = path.replaceAll("/", "__").replace(/\.\w+$/, "");
  return `${name}__line_${line}.${language === "tsx" ? "tsx" : "ts"}`;
}

/** One program a block: `import "samlcert/..."` means the sources, as the entries say. */
function compile(blocks: readonly Block[]): string {
  // Inside the repository, so that packages are found from there.
  const folder = mkdtempSync(join(root, "node_modules", ".samlcert-docs-"));
  try {
    for (const block of blocks) {
      const path = join(folder, fileOf(block));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${block.code}\nexport {};\n`);
    }
    const paths = Object.fromEntries(Object.entries(aliases).map(([name, file]) => [name, [file]]));
    const options = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        ...{ paths, noUnusedLocals: false, declaration: false, isolatedDeclarations: false },
        ...{
          lib: ["ES2023", "DOM", "DOM.Iterable"],
          jsx: "react-jsx",
          noPropertyAccessFromIndexSignature: false,
        },
      },
      include: ["*.ts", "*.tsx"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    return `${stdout}${stderr}`
      .split("\n")
      .filter((line) => line.includes("__line_"))
      .join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("code in the documentation", () => {
  test("every ts block of the pages, and every @example of the sources, compiles", () => {
    const blocks = [...pages().flatMap((page) => blocksOf(page)), ...exampleBlocks()].filter(
      ({ language, code }) =>
        LANGUAGES.includes(language) && !missing.some((name) => code.includes(`from "${name}"`)),
    );
    expect(blocks.length).toBeGreaterThan(20);
    expect(compile(blocks)).toBe("");
  });

  test("a guide shows its recipe unchanged", () => {
    const all = pages().flatMap((page) => blocksOf(page).map(({ code }) => code));
    for (const { path, text } of recipes()) {
      const code = text.replace(/^\/\*\*[\s\S]*?\*\/\n/, "").trim();
      expect(all.includes(code), path).toBe(true);
    }
  });

  test("every code block names its language", () => {
    const silent = pages()
      .flatMap((page) => blocksOf(page))
      .filter(({ language }) => language === "")
      .map(({ path, line }) => `${path}:${line}`);
    expect(silent).toEqual([]);
  });

  test("the README's example runs unchanged", async () => {
    const readme = pages().find(({ path }) => path === "README.md");
    const [example] = blocksOf(readme ?? { path: "README.md", text: "" }).filter(
      ({ language }) => language === "ts",
    );
    await inFolder(async (cwd) => {
      const { pem, certificate } = await createTestCertificate({});
      writeFileSync(join(cwd, "idp.pem"), pem);
      const code = example?.code ?? "throw new Error('The README has no example');";
      const run = await withProgram(code, async (path) =>
        spawnSync(process.execPath, [path], { cwd, encoding: "utf8" }),
      );
      expect(run.stderr).toBe("");
      expect(run.stdout).toContain(String(certificate.notAfter.unixSeconds));
    });
  });
});
