import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The folder of the repository. */
export const root: string = join(import.meta.dirname, "..", "..", "..");

/** A page of the documentation. */
export interface Page {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page, or of a docstring's `@example`. */
export interface Block {
  /** The page or source file, from the root. */
  readonly path: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  /** `ts`, `sh` and so on. */
  readonly language: string;
  readonly code: string;
}

function below(folder: string, suffix: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !path.includes("/dist/"))
    .sort();
}

function read(path: string): Page {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

/** Every page: those at the root and those of `docs/`. The API report repeats the docstrings. */
export function pages(options: { readonly withApi?: boolean } = {}): Page[] {
  const top = readdirSync(root).filter((name) => name.endsWith(".md"));
  return [...top, ...below("docs", ".md")]
    .filter((path) => options.withApi === true || !path.startsWith("docs/api/"))
    .map(read);
}

/** Programs of the documentation that are files of their own. */
export function recipes(): Page[] {
  return below("docs/recipes", ".ts").map(read);
}

/** Every source file. */
function sources(): Page[] {
  return below("src", ".ts").map(read);
}

/** The fenced blocks of a text; `prefix` is what stands before each line, as in a docstring. */
export function blocksOf({ path, text }: Page, prefix: RegExp = /^/): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; language: string; lines: string[] } | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(prefix, "");
    const fence = /^ {0,3}```\s*([\w-]*)/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === undefined) {
      open = { line: index + 2, language: fence[1] ?? "", lines: [] };
    } else {
      blocks.push({ path, line: open.line, language: open.language, code: open.lines.join("\n") });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${path}: the block at line ${open.line} is not closed.`);
  return blocks;
}

/** The `@example` blocks of the docstrings. */
export function exampleBlocks(): Block[] {
  return sources()
    .flatMap((page) => blocksOf(docstringsOf(page), /^\s*\* ?/))
    .filter(({ language }) => language === "ts");
}

/** Only the docstrings, at their original lines. */
function docstringsOf({ path, text }: Page): Page {
  let inside = false;
  const lines = text.split("\n").map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true;
    const kept = inside && /^\s*\*/.test(line) ? line : "";
    if (line.includes("*/")) inside = false;
    return kept;
  });
  return { path, text: lines.join("\n") };
}
