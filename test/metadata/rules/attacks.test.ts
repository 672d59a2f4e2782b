import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isSamlCertError } from "../../../src/core/errors.ts";
import { parseMetadata, validateMetadata } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus, rowsFrom } from "../../support/require.ts";

const corpus = requireCorpus("saml", "attacks", "MANIFEST.tsv");
const folder = join(corpusFolder, "saml/attacks");
const rowsOf = (isWanted: (fields: readonly string[]) => boolean): readonly string[][] =>
  rowsFrom(corpus, () =>
    readFileSync(join(folder, "MANIFEST.tsv"), "utf8")
      .split(/\r?\n/)
      .map((line) => line.split("\t"))
      .filter((fields) => /\.xml$/.test(fields[0] ?? "") && isWanted(fields)),
  );
const now = 1_790_000_000;

describe.skipIf(corpus.missing)(`attack documents${corpus.note}`, () => {
  // Group C is about what metadata says; A is about its form; B about signatures, judged elsewhere.
  it.each(rowsOf(([, , , group]) => group === "C"))("%s: %s (%s)", (file = "", expected) => {
    const report = validateMetadata(readFileSync(join(folder, file)), { now });
    if (expected !== "policy") expect(report.ok).toBe(expected === "accept");
    else expect(report.findings.some(({ severity }) => severity !== "notice")).toBe(true);
  });

  it.each(rowsOf(() => true))(
    "%s is answered at once, and never with another error",
    (file = "") => {
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
    },
  );
});

it.each(["", "!", "!$"])("an expression of 200,000 letters and %j is read once", (end) => {
  const xml = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><Extensions><Scope xmlns="urn:mace:shibboleth:metadata:1.0" regexp="true">^${"a".repeat(200_000)}${end}</Scope></Extensions></EntityDescriptor>`;
  const codes = validateMetadata(xml, { now }).findings.map(({ code }) => code);
  // Looking from each letter on to the end would take minutes.
  expect(codes.some((code) => code.startsWith("metadata.scope."))).toBe(true);
});
