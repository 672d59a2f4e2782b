import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CanonicalMethod } from "../../src/xml/canonical-tag.ts";
import { canonicalForm, canonicalFormOfStream } from "../metadata/support/canonical.ts";
import { xmlDocuments } from "../metadata/support/documents.ts";
import { askLibxml2, libxml2 } from "../metadata/support/libxml2.ts";
import { fc } from "../support/property.ts";
import { corpusFolder, requireCorpus } from "../support/require.ts";

// lxml drops #default, which is tested with xmlsec1.
const methods: readonly CanonicalMethod[] = [true, false].flatMap((isExclusive) =>
  [true, false].flatMap((withComments) =>
    (isExclusive ? [[], ["a", "ds", "é", "unknown"]] : [[]]).map((inclusivePrefixes) => ({
      isExclusive,
      withComments,
      inclusivePrefixes,
    })),
  ),
);
const corpus = requireCorpus("saml", "documents");

describe.skipIf(libxml2.missing)(`canonical form${libxml2.note}`, () => {
  it("is libxml2's, byte for byte, for random documents, whole and in windows", async () => {
    const documents = fc.sample(xmlDocuments, { numRuns: 1500, seed: 20_261_121 });
    const octets = documents.map((document) => new TextEncoder().encode(document));
    const answers = askLibxml2(octets, methods);
    expect(answers).toHaveLength(documents.length);
    for (const [i, document] of octets.entries()) {
      const { error, forms } = answers[i]!;
      expect(error, documents[i]).toBeUndefined();
      for (const [j, method] of methods.entries()) {
        const wanted = forms![j]!.toString();
        expect(canonicalForm(document, method).toString(), documents[i]).toBe(wanted);
        const streamed = await canonicalFormOfStream(document, method, 8 + ((i + j) % 40));
        expect(streamed.toString(), documents[i]).toBe(wanted);
      }
    }
  }, 120_000);

  it.skipIf(corpus.missing)(
    `is libxml2's for real documents${corpus.note}`,
    () => {
      const folder = join(corpusFolder, "saml/documents");
      const files = readdirSync(folder).filter((name) => name.endsWith(".xml"));
      const documents = files.map((name) => readFileSync(join(folder, name)));
      const answers = askLibxml2(documents, methods);
      let compared = 0;
      for (const [i, document] of documents.entries()) {
        for (const [j, form] of (answers[i]!.forms ?? []).entries()) {
          const own = canonicalForm(document, methods[j]!);
          expect(own.equals(form), files[i]).toBe(true);
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(100);
    },
    120_000,
  );
});

describe("canonical form", () => {
  const exclusive = { isExclusive: true, withComments: false, inclusivePrefixes: [] };

  it.each(["urn:x&amp;y", "urn:&quot;", "urn:&#10;", "urn:a b", "urn:\u00e9"])(
    "does not exist for the namespace name %s",
    (name) => {
      const document = new TextEncoder().encode(`<a xmlns="${name}"/>`);
      expect(() => canonicalForm(document, exclusive)).toThrow(
        expect.objectContaining({ code: "xml.namespace_form" }),
      );
    },
  );

  it.each([
    '<a b ="c"/>',
    '<a b= "c"/>',
    '<a  b="c"/>',
    '<a b="c"  />',
    '<a b="c" />',
    '<a b="c"/>',
  ])("of %s has no spare space", (document) => {
    const form = canonicalForm(new TextEncoder().encode(document), exclusive).toString();
    expect(form).toBe('<a b="c"></a>');
  });

  it("does not depend on what stood in the same scope before", () => {
    const inner = '<x:c z="1" y="2"><x:d/></x:c>';
    const document = `<r xmlns:x="urn:x"><x:a>${inner}</x:a>${inner}<b>${inner}</b></r>`;
    const form = canonicalForm(new TextEncoder().encode(document), exclusive).toString();
    const rendered = '<x:c xmlns:x="urn:x" y="2" z="1"><x:d></x:d></x:c>';
    const within = '<x:c y="2" z="1"><x:d></x:d></x:c>';
    expect(form).toBe(`<r><x:a xmlns:x="urn:x">${within}</x:a>${rendered}<b>${rendered}</b></r>`);
  });
});
