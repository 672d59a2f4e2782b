import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rotationCodes } from "../../src/rotation/index.ts";

const CODE = /"(?:rotation|journal|guard)\.[a-z_]+"/g;

function withoutComments(source: string): string {
  return source.replace(/^\s*\*.*$/gm, "");
}

/** The codes that the files of some folders name, each once. */
function namedIn(folders: readonly string[]): readonly string[] {
  const named = folders.flatMap((folder) => {
    const path = join(import.meta.dirname, "../..", folder);
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith("codes.test.ts"))
      .flatMap((name) => withoutComments(readFileSync(join(path, name), "utf8")).match(CODE) ?? [])
      .map((text) => text.slice(1, -1));
  });
  return [...new Set(named)].sort();
}

const codes = Object.keys(rotationCodes).sort();

it("the table has a row for every code that src/rotation and src/watch name, and no other", () => {
  expect(namedIn(["src/rotation", "src/watch"])).toEqual(codes);
});

it("every code of the table has a test that names it", () => {
  const named = namedIn(["test/rotation", "test/watch", "test/faults"]);
  expect(codes.filter((code) => !named.includes(code))).toEqual([]);
});
