import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { buildMetadata, parseMetadata, type UntrustedMetadata } from "../../src/metadata/index.ts";
import { entityDescriptorSchema } from "../../src/schemas/entity-descriptor.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { documents } from "../metadata/support/models.ts";
import { fc } from "../support/property.ts";
import { corpusFolder, requireCorpus } from "../support/require.ts";

let certificates: readonly Certificate[];
const corpus = requireCorpus("saml");

beforeAll(async () => {
  certificates = [(await createTestCertificate()).certificate];
});

function faults({ entities }: UntrustedMetadata): readonly unknown[] {
  return entities.flatMap((entity) => {
    const { error } = entityDescriptorSchema.safeParse(JSON.parse(JSON.stringify(entity)));
    return error?.issues ?? [];
  });
}

describe("the schema of an entity", () => {
  it("takes every entity that can be built", () => {
    fc.assert(
      fc.property(documents(certificates), (model) => {
        expect(faults(parseMetadata(buildMetadata(model)))).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it.skipIf(corpus.missing)(`takes every real and hostile one${corpus.note}`, () => {
    const folder = join(corpusFolder, "saml");
    let read = 0;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".xml")) continue;
      let metadata: UntrustedMetadata;
      try {
        metadata = parseMetadata(readFileSync(join(folder, name)));
      } catch {
        continue;
      }
      expect(faults(metadata), name).toEqual([]);
      read++;
    }
    expect(read).toBeGreaterThan(100);
  });

  it("takes nothing else", () => {
    const entity = { type: "EntityDescriptor", entityId: "urn:e:1" };
    const role = {
      type: "IDPSSODescriptor",
      singleSignOnServices: [{ binding: "b", location: "l" }],
    };
    const isTaken = (value: unknown): boolean => entityDescriptorSchema.safeParse(value).success;
    expect(isTaken({ ...entity, roles: [role] })).toBe(true);
    for (const wrong of [
      { ...entity, type: "EntitiesDescriptor" },
      { type: "EntityDescriptor" },
      { ...entity, surprise: 1 },
      { ...entity, validUntil: "2031-01-01T00:00:00Z" },
      { ...entity, roles: [{ ...role, type: "Role" }] },
      { ...entity, roles: [{ ...role, surprise: 1 }] },
      { ...entity, roles: [{ ...role, singleSignOnServices: [{ binding: "b" }] }] },
      { ...entity, extensions: { other: [{ namespace: "urn:x", name: "y", children: [{}] }] } },
      { ...entity, inherited: { groups: "one" } },
    ]) {
      expect(isTaken(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });
});
