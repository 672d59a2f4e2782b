import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { validateMetadata } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus, rowsFrom } from "../../support/require.ts";

const corpus = requireCorpus("saml", "ukf-testbed");
const folder = join(corpusFolder, "saml/ukf-testbed/tests/xml");
const files = corpus.missing
  ? []
  : readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".xml"),
    );
const now = 1_790_000_000;

function errors(name: string, profile?: "ukf"): readonly string[] {
  return validateMetadata(readFileSync(join(folder, name)), { now, profile })
    .findings.filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code}: ${message}`);
}

/** Rule sets that are only about the UK federation's own registry, or its own severity. */
const all = (kind: "good" | "bad"): readonly string[] =>
  rowsFrom(corpus, () =>
    files.filter((name) => name.split("/").at(-1)?.startsWith(`${kind}_`) === true),
  );

describe.skipIf(corpus.missing)(`the UK federation's cases${corpus.note}`, () => {
  it.each(all("good"))("finds no error in %s", (name) => {
    expect(errors(name)).toEqual([]);
    expect(errors(name, "ukf")).toEqual([]);
  });

  it.each(all("bad"))("finds an error in %s", (name) => {
    expect(errors(name, "ukf")).not.toEqual([]);
  });
});
