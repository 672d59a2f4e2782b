import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeTables } from "../src/core/codes/all.ts";

const ROOT = join(import.meta.dirname, "..");

interface Text {
  readonly file: string;
  readonly text: string;
}

const read = (file: string): Text => ({ file, text: readFileSync(join(ROOT, file), "utf8") });

function textsBelow(folder: string, ending: string): readonly Text[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending) && !name.includes("node_modules"))
    .map((name) => read(join(folder, name)));
}

/** `file:line: the line` for each line that a pattern matches. */
function linesWith(pattern: RegExp, texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({ file, text }) =>
    text
      .split("\n")
      .map((line, index) => ({ line, at: `${file}:${index + 1}` }))
      .filter(({ line }) => pattern.test(line))
      .map(({ line, at }) => `${at}: ${line.trim()}`),
  );
}

const sources = textsBelow("src", ".ts");
const tests = textsBelow("test", ".ts").filter(({ file }) => file !== "test/house.test.ts");

describe("the sources", () => {
  test("no file is longer than 350 lines", () => {
    const long = sources.filter(({ text }) => text.split("\n").length > 351);
    expect(long.map(({ file }) => file)).toEqual([]);
  });

  test("no folder has more than 30 files, or is deeper than 5 floors", () => {
    const counts = new Map<string, number>();
    for (const { file } of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    const crowded = [...counts].filter(([, count]) => count > 30);
    const deep = [...counts.keys()].filter((folder) => folder.split("/").length > 5);
    expect([...crowded, ...deep]).toEqual([]);
  });

  /** Casts that replace a type by an unrelated one, and why nothing else will do. */
  const CASTS: Readonly<Record<string, string>> = {
    "src/core/errors.ts": "Symbol.for gives a symbol that TypeScript does not take as unique",
    "src/metadata/elements/rule.ts": "TypeScript does not count the groups of a pattern",
    "src/metadata/write/write-element.ts": "the table of elements names properties as text",
    "src/signature/structure.ts": "the elements were checked against a tuple of names",
    "src/xml/utf8.ts": "the types of ES2022 lack String.prototype.isWellFormed",
    "src/xml/window.ts": "the first token sets the tag before anything reads it",
  };

  test("no cast goes through unknown or never", () => {
    const casts = linesWith(/\bas (?:unknown as|never\b)/, sources).filter(
      (found) => !/^\S+ (?:\/?\*|\/\/)/.test(found),
    );
    const files = casts.map((found) => found.split(":")[0]!);
    expect([...new Set(files)].sort()).toEqual(Object.keys(CASTS));
  });
});

describe("the tests", () => {
  test("every code is named by a test", () => {
    const text = tests.map((one) => one.text).join("\n");
    const named = new Set(text.match(/[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+/g));
    const codes = Object.values(codeTables).flat().flatMap(Object.keys);
    expect(codes.filter((code) => !named.has(code))).toEqual([]);
  });

  test("properties are drawn from the suite's seed", () => {
    const own = tests.filter(({ file }) => file !== "test/support/property.ts");
    expect(linesWith(/from "fast-check"/, own)).toEqual([]);
  });
});

/** Wordings that sound translated, and beginnings of comments that hide the subject. */
const AVOIDED: readonly RegExp[] = [
  /^\s*(?:\/\*\*|\*) (?:What|Whether|Of|As many as|True if it)\b/,
  /\bthat there (?:is|are) not\b/,
  /\bin place of\b/,
  /\bleft its place\b/,
  /\b(?:un)?mend(?:s|ed|able|ing)?\b/i,
  /\bwhat is desired\b/i,
  /\bset aside\b/,
  /\bsaid twice\b/,
  /\bnone such\b/,
  /\bbelongs? into\b/,
  /\bwithout end\b/,
  /\bis in its way\b/,
  /\bhow (?:soon is soon|far it is)\b/,
  /\bat hand\b/,
];

describe("the language", () => {
  // The reference of errors and of commands is generated from the sources, docs/api as well.
  const GENERATED = /^docs\/(?:api\/|errors\.md|cli\.md)/;
  const pages = [
    ...textsBelow("docs", ".md").filter(({ file }) => !GENERATED.test(file)),
    ...["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(read),
  ];
  const prose = [...sources, ...tests, ...pages];

  test.each(AVOIDED)("is plain: %s", (pattern) => {
    expect(linesWith(pattern, prose)).toEqual([]);
  });
});
