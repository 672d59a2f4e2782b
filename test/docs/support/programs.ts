import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import entries from "../../../scripts/entries.json" with { type: "json" };
import { type Block, blocksOf, root } from "./pages.ts";

/** `samlcert` and its subpaths, as the sources that they are built from. */
export const aliases: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(entries)
    // The longest first, for the bundler takes the first that fits.
    .sort(([a], [b]) => b.length - a.length)
    .map(([name, file]) => [name.replace(/^\./, "samlcert"), join(root, file)]),
);

/** A block of code as one file, with the sources of this package in it. */
export async function bundle(code: string, platform: "node" | "browser" = "node"): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    platform,
    format: "esm",
    target: "es2022",
    alias: aliases,
    ...(platform === "node" ? { plugins: [ownSourcesOnly] } : {}),
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/** Packages stay outside of a program for Node, as they do in a user's project. */
const ownSourcesOnly = {
  name: "own-sources-only",
  setup(bundler: Parameters<NonNullable<Parameters<typeof build>[0]["plugins"]>[0]["setup"]>[0]) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path in aliases ? { path: aliases[path] as string } : { path, external: true },
    );
  },
};

/** Runs a body with a bundled program in a folder from which packages are found. */
export async function withProgram<T>(code: string, body: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(root, "node_modules", ".samlcert-docs-"));
  try {
    const path = join(folder, "program.mjs");
    writeFileSync(path, await bundle(code));
    return await body(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports a block of code as a module. */
export async function load<T>(code: string): Promise<T> {
  return await withProgram(code, async (path) => (await import(pathToFileURL(path).href)) as T);
}

/** The first block below a heading of a page. */
export function sectionBlock(path: string, heading: string, language = "ts"): string {
  const text = readFileSync(join(root, path), "utf8");
  const start = text.search(new RegExp(`^#+ ${heading}$`, "m"));
  if (start === -1) throw new Error(`${path} has no heading "${heading}".`);
  const line = text.slice(0, start).split("\n").length;
  const block = blocksOf({ path, text }).find(
    (candidate: Block) => candidate.line > line && candidate.language === language,
  );
  if (block === undefined) throw new Error(`${path} has no ${language} block below "${heading}".`);
  return block.code;
}
