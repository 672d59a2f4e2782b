import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../../src/certificates/index.ts";
import { buildMetadata, parseMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { readXmlTree } from "../../../src/xml/tree.ts";
import { fc } from "../../support/property.ts";
import { requireSchemas, schemaFaultsOf } from "../../support/xsd.ts";
import { comparable, documents } from "../support/models.ts";
import { ours, theirs } from "../support/second-opinion.ts";

let certificates: readonly Certificate[];

beforeAll(async () => {
  certificates = [
    (await createTestCertificate()).certificate,
    (await createTestCertificate()).certificate,
  ];
});

const schemas = requireSchemas();

describe("random models", () => {
  it("are read back from the document that is built from them", () => {
    fc.assert(
      fc.property(
        documents(certificates),
        fc.constantFrom("indented", "compact"),
        (model, format) => {
          const { root } = parseMetadata(buildMetadata(model, { format: format as "indented" }));
          expect(comparable(root)).toEqual(comparable(model));
        },
      ),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it("give the same text each time", () => {
    fc.assert(
      fc.property(documents(certificates), (model) => {
        const text = buildMetadata(model);
        expect(buildMetadata(structuredClone(model))).toBe(text);
        expect(buildMetadata(parseMetadata(text).root)).toBe(text);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  it("are read by fast-xml-parser as they are by the strict reader", () => {
    fc.assert(
      fc.property(documents(certificates), (model) => {
        const text = buildMetadata(model);
        expect([ours(readXmlTree(text).root)]).toEqual(theirs(text));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it.skipIf(schemas.missing)(
    `are valid for xmllint and the schemas${schemas.note}`,
    { timeout: 60_000 },
    () => {
      // An ID may occur but once in a document, which is not for the table to see.
      const withoutIds = (text: string): string => text.replace(/ ID="[^"]*"/g, "");
      const texts = fc
        .sample(documents(certificates), { numRuns: 300 })
        .map((model) => buildMetadata(model))
        // Its type is another schema's, which xmllint does not have.
        .filter((text) => !text.includes("<md:RoleDescriptor"));
      expect([...schemaFaultsOf(texts.map(withoutIds)).values()]).toEqual([]);
    },
  );
});
