import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseMetadata } from "../../src/metadata/read/parse.ts";
import { verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import { corpusFolder, requireCorpus } from "../support/require.ts";

const corpus = requireCorpus("saml", "attacks", "MANIFEST.tsv");
const folder = join(corpusFolder, "saml/attacks");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

interface Row {
  readonly file: string;
  readonly expected: string;
  readonly note: string;
}

const rows: readonly Row[] = corpus.missing
  ? []
  : read("MANIFEST.tsv")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split("\t"))
      .map(([file, expected, note]) => ({ file: file!, expected: expected!, note: note! }));
const ofFamily = (family: string): readonly Row[] =>
  rows.filter(({ file }) => file.startsWith(family));

/** The default outcome of the documents that a policy decides. */
const policies: Readonly<Record<string, string>> = {
  "B44-uri-empty.xml": "signature.reference_empty",
  "B46-c14n11.xml": "accepted",
  "B61-far-future.xml": "accepted",
};

describe.skipIf(corpus.missing)(`signed attack documents${corpus.note}`, () => {
  const trust = corpus.missing ? {} : { certificates: [read("mdsigner.crt")] };
  // The documents are valid until 2036.
  const now = new Date("2027-01-01T00:00:00Z");

  it("are complete", () => {
    expect(ofFamily("A").length).toBeGreaterThan(10);
    expect(ofFamily("B").length).toBeGreaterThan(15);
  });

  it.each(ofFamily("B"))("$file: $expected ($note)", async ({ file, expected }) => {
    const bytes = readFileSync(join(folder, file));
    let outcome = "accepted";
    try {
      verifyMetadata(bytes, { trust, now });
    } catch (error) {
      outcome = (error as { code?: string }).code ?? String(error);
    }
    let streamed = "accepted";
    try {
      await verifyEntities(bytes, { trust, now });
    } catch (error) {
      streamed = (error as { code?: string }).code ?? String(error);
    }
    expect(streamed).toBe(outcome);
    if (expected === "accept") expect(outcome).toBe("accepted");
    else if (expected === "reject") expect(outcome).toMatch(/^(signature|xml)\./);
    else
      expect(outcome).toBe(policies[file] ?? expect.stringMatching(/^(accepted|signature\..*)$/));
  });

  it("are accepted or refused as the caller decides where a policy does", () => {
    const empty = read("B44-uri-empty.xml");
    expect(verifyMetadata(empty, { trust, now, allowEmptyReference: true }).entities).toHaveLength(
      1,
    );
    const validity = { maxValiditySeconds: 28 * 86_400 };
    expect(() => verifyMetadata(read("B61-far-future.xml"), { trust, now, validity })).toThrow(
      expect.objectContaining({ code: "signature.valid_until_far" }),
    );
  });

  it.each(ofFamily("A"))("$file: $expected ($note), before any signature", ({ file, expected }) => {
    const bytes = readFileSync(join(folder, file));
    let outcome = "read";
    try {
      const { entities } = parseMetadata(bytes);
      // The hostile parts of the documents that are read are in a foreign namespace.
      const endpoints = entities
        .flatMap(({ roles }) => roles ?? [])
        .map(({ other, ...role }) => role);
      expect(JSON.stringify(endpoints)).not.toContain("evil");
    } catch (error) {
      outcome = (error as { code?: string }).code ?? String(error);
    }
    if (expected === "reject") expect(outcome).toMatch(/^xml\./);
    else expect(outcome).toBe("read");
    expect(() => verifyMetadata(bytes, { trust, now })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(xml|signature)\./) }),
    );
  });
});
