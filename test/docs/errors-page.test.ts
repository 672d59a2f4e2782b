import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsPage } from "../../scripts/pages.ts";
import { codeTables } from "../../src/core/codes/all.ts";
import { docsOf } from "../../src/core/docs.ts";
import { SamlCertError } from "../../src/core/errors.ts";
import { homepage } from "../../src/core/homepage.ts";
import { root } from "./support/pages.ts";

const codes = Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.keys));

test("docs/errors.md has one anchor for each code, at the place that SamlCertError.docs names", () => {
  const anchors = Array.from(errorsPage().matchAll(/^<a id="([^"]+)"><\/a>\n\n### (\S+)$/gm));
  expect(anchors.map(([, id]) => `docs/errors.md#${id}`).sort()).toEqual(
    codes.map((code) => docsOf(code, "")).sort(),
  );
  for (const [, id, heading] of anchors) expect(heading).toBe(id);
  const { docs } = new SamlCertError("validity.expired", "", { hint: "" });
  expect(docs).toBe(docsOf("validity.expired"));
});

test("SamlCertError.docs is a page of the site once the project has a homepage", () => {
  const page = "https://docs.example/samlcert/errors/validity-expired.html";
  expect(docsOf("validity.expired", "https://docs.example/samlcert")).toBe(page);
  expect(docsOf("validity.expired", "https://docs.example/samlcert/")).toBe(page);
});

test("the homepage of errors is that of package.json", () => {
  const { homepage: address = "" } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(homepage).toBe(address);
});

test("docs/errors.md is in the package, so that the link works after an installation", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(files).toContain("docs/*.md");
});

test("no code has rows in two tables", () => {
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});
