import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isSamlCertError } from "../../../src/core/errors.ts";
import { parseMetadata, validateMetadata } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus } from "../../support/require.ts";

const corpus = requireCorpus("saml", "attacks", "MANIFEST.tsv");
const folder = join(corpusFolder, "saml/attacks");
const rows = corpus.missing
  ? []
  : readFileSync(join(folder, "MANIFEST.tsv"), "utf8")
      .split("\n")
      .map((line) => line.split("\t"))
      .filter((fields) => /\.xml$/.test(fields[0] ?? ""));
const now = 1_790_000_000;

describe.skipIf(corpus.missing)(`attack documents${corpus.note}`, () => {
  // Group C is about what metadata says; A is about its form; B about signatures, judged elsewhere.
  it.each(rows.filter(([, , , group]) => group === "C"))("%s: %s (%s)", (file = "", expected) => {
    const report = validateMetadata(readFileSync(join(folder, file)), { now });
    if (expected !== "policy") expect(report.ok).toBe(expected === "accept");
    else expect(report.findings.some(({ severity }) => severity !== "notice")).toBe(true);
  });

  it.each(rows)("%s is answered at once, and never with another error", (file = "") => {
    const bytes = readFileSync(join(folder, file));
    const started = process.hrtime.bigint();
    try {
      parseMetadata(bytes);
    } catch (error) {
      expect(isSamlCertError(error)).toBe(true);
    }
    expect(validateMetadata(bytes, { now, profile: "ukf" }).checks.length).toBeGreaterThan(50);
    // Generous: what it guards against takes minutes.
    expect(process.hrtime.bigint() - started).toBeLessThan(5_000_000_000n);
  });
});
