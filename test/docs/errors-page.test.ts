import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsPage } from "../../scripts/pages.ts";
import { codeTables } from "../../src/core/codes/all.ts";
import { SamlCertError } from "../../src/core/errors.ts";
import { root } from "./support/pages.ts";

const codes = Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.keys));

test("docs/errors.md has one anchor for each code, at the place that SamlCertError.docs names", () => {
  const anchors = Array.from(errorsPage().matchAll(/^<a id="([^"]+)"><\/a>\n\n### (\S+)$/gm));
  expect(anchors.map(([, id]) => `docs/errors.md#${id}`).sort()).toEqual(
    codes.map((code) => new SamlCertError(code as never, "", { hint: "" }).docs).sort(),
  );
  for (const [, id, heading] of anchors) expect(heading).toBe(id);
});

test("docs/errors.md is in the package, so that the link works after an installation", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(files).toContain("docs/*.md");
});

test("no code has rows in two tables", () => {
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});
