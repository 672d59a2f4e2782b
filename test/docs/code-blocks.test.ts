import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import entries from "../../scripts/entries.json" with { type: "json" };
import { createTestCertificate } from "../../src/testing/index.ts";
import { inFolder } from "../support/cli.ts";
import { type Block, blocksOf, exampleBlocks, pages, root } from "./support/pages.ts";

const tsc = join(root, "node_modules/@typescript/native/bin/tsc");
const LANGUAGES = ["ts", "tsx"];

/** Where a block goes to be compiled: named so that the compiler's message says where it is from. */
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
    const paths = Object.fromEntries(
      Object.entries(entries).map(([name, file]) => [
        name.replace(/^\./, "samlcert"),
        [join(root, file)],
      ]),
    );
    const options = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        ...{ paths, noUnusedLocals: false, declaration: false, isolatedDeclarations: false },
        ...{
          lib: ["ES2023", "DOM", "DOM.Iterable"],
          jsx: "preserve",
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
      ({ language }) => LANGUAGES.includes(language),
    );
    expect(blocks.length).toBeGreaterThan(20);
    expect(compile(blocks)).toBe("");
  });

  test("every block says in which language it is", () => {
    const silent = pages()
      .flatMap((page) => blocksOf(page))
      .filter(({ language }) => language === "")
      .map(({ path, line }) => `${path}:${line}`);
    expect(silent).toEqual([]);
  });

  test("the README's example runs as it stands", async () => {
    const readme = pages().find(({ path }) => path === "README.md");
    const [example] = blocksOf(readme ?? { path: "README.md", text: "" }).filter(
      ({ language }) => language === "ts",
    );
    await inFolder(async (cwd) => {
      const { pem, certificate } = await createTestCertificate({});
      writeFileSync(join(cwd, "idp.pem"), pem);
      const program = await bundled(
        example?.code ?? "throw new Error('The README has no example');",
      );
      const script = join(cwd, "example.mjs");
      writeFileSync(script, program);
      const run = spawnSync(process.execPath, [script], { cwd, encoding: "utf8" });
      expect(run.stderr).toBe("");
      expect(run.stdout).toContain(String(certificate.notAfter.unixSeconds));
    });
  });
});

/** A program over the sources as one file. */
async function bundled(code: string): Promise<string> {
  const alias = Object.fromEntries(
    Object.entries(entries)
      .filter(([name]) => code.includes(`"${name.replace(/^\./, "samlcert")}"`))
      .map(([name, file]) => [name.replace(/^\./, "samlcert"), join(root, file)]),
  );
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    ...{ bundle: true, write: false, platform: "node", format: "esm", target: "node20" },
    ...{ alias, external: ["@peculiar/x509", "reflect-metadata", "fast-xml-parser", "xml-crypto"] },
    // What an ESM bundle lacks for packages that are CommonJS inside.
    logLevel: "error",
  });
  return outputFiles?.[0]?.text ?? "";
}
