import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rotationCodes } from "../../src/rotation/index.ts";

it("has an entry for every code that the layer's files speak of, and no other", () => {
  const folder = join(import.meta.dirname, "../../src/rotation");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const spoken = files
    .filter((name) => name.endsWith(".ts") && !name.endsWith("codes.ts"))
    .flatMap((name) => withoutComments(readFileSync(join(folder, name), "utf8")).match(CODE) ?? [])
    .map((text) => text.slice(1, -1));
  const told = rotationCodes.map(({ code }) => code);
  expect(new Set(told).size).toBe(told.length);
  expect([...new Set(spoken)].sort()).toEqual(told.toSorted());
});

const CODE = /"(?:rotation|journal|guard)\.[a-z_]+"/g;

function withoutComments(source: string): string {
  return source.replace(/^\s*\*.*$/gm, "");
}
