import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseMetadata } from "../../../src/metadata/read/parse.ts";
import { type EntitySummary, summarizeEntities } from "../../../src/metadata/stream/summary.ts";
import { childrenOf, type XmlElement } from "../../../src/xml/element.ts";
import { readXmlTree } from "../../../src/xml/tree.ts";
import { corpusFolder, requireCorpus, rowsFrom } from "../../support/require.ts";

async function all(
  source: Parameters<typeof summarizeEntities>[0],
): Promise<readonly EntitySummary[]> {
  const found: EntitySummary[] = [];
  for await (const summary of summarizeEntities(source)) found.push(summary);
  return found;
}

const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const DS = "http://www.w3.org/2000/09/xmldsig#";

/** The same by way of the tree. */
function summariesOf(element: XmlElement): readonly unknown[] {
  if (element.localName === "EntitiesDescriptor") return element.children.flatMap(summariesOf);
  if (element.localName !== "EntityDescriptor") return [];
  const roles = element.children.filter(
    ({ localName }) => localName.endsWith("Descriptor") && !localName.startsWith("Affiliation"),
  );
  const keys = roles
    .flatMap((role) => childrenOf(role, MD, "KeyDescriptor"))
    .flatMap((key) => childrenOf(key, DS, "KeyInfo"))
    .flatMap((info) => childrenOf(info, DS, "X509Data"))
    .flatMap((data) => childrenOf(data, DS, "X509Certificate"));
  const formats = roles.flatMap((role) => childrenOf(role, MD, "NameIDFormat"));
  return [
    {
      roles: roles.map(({ localName }) => localName),
      certificates: keys.map(({ text }) => text.replace(/\s+/g, "")),
      nameIdFormats: formats.map(({ text }) => text.trim()),
    },
  ];
}

const corpus = requireCorpus("saml", "documents");

describe.skipIf(corpus.missing)(`summarizeEntities of real documents${corpus.note}`, () => {
  const folder = join(corpusFolder, "saml/documents");
  const files = rowsFrom(corpus, () => readdirSync(folder).filter((name) => name.endsWith(".xml")));

  it.each(files)("%s: the same facts as the tree and the model", async (name) => {
    const octets = readFileSync(join(folder, name));
    let root: XmlElement;
    try {
      ({ root } = readXmlTree(octets));
    } catch (error) {
      await expect(all(octets)).rejects.toMatchObject({ code: (error as { code: string }).code });
      return;
    }
    const found = await all(octets);
    const { entities } = parseMetadata(octets);
    expect(found.map(({ entityId }) => entityId)).toEqual(entities.map(({ entityId }) => entityId));
    const withoutIssuers = (summary: unknown, i: number): unknown => {
      const issuers = (entities[i]?.roles ?? [])
        .flatMap(({ keyDescriptors }) => keyDescriptors ?? [])
        .flatMap(({ keyInfo }) => keyInfo?.issuers ?? [])
        .map(({ derBase64 }) => derBase64);
      const { certificates } = summary as EntitySummary;
      return {
        ...(summary as object),
        certificates: certificates.filter((one) => !issuers.includes(one)),
      };
    };
    expect(found).toMatchObject(summariesOf(root).map(withoutIssuers));
    for (const [i, { endpoints, displayNames }] of found.entries()) {
      const model = JSON.stringify(entities[i]);
      for (const { binding, location } of endpoints) {
        expect(model).toContain(JSON.stringify(binding));
        expect(model).toContain(JSON.stringify(location));
      }
      for (const text of Object.values(displayNames))
        expect(model).toContain(JSON.stringify(text).slice(1, -1));
    }
  });
});

describe("summarizeEntities", () => {
  const foreign = `<x:X xmlns:x="urn:x"><SingleSignOnService Binding="b" Location="https://evil.example.com/"/></x:X>`;
  const entity = `<EntityDescriptor entityID="a" validUntil="2030-01-01T00:00:00Z"><Extensions>${foreign}</Extensions><IDPSSODescriptor>${foreign}
    <NameIDFormat> f<!-- c -->&#x67; </NameIDFormat><SingleSignOnService Binding="b" Location="https://a.example.com/"/></IDPSSODescriptor></EntityDescriptor>`;
  const group = (content: string): string =>
    `<EntitiesDescriptor xmlns="${MD}"><EntitiesDescriptor>${content}</EntitiesDescriptor></EntitiesDescriptor>`;

  it("recognises elements by their place", async () => {
    expect(await all(group(entity))).toEqual([
      {
        entityId: "a",
        validUntil: "2030-01-01T00:00:00Z",
        roles: ["IDPSSODescriptor"],
        certificates: [],
        endpoints: [
          {
            type: "SingleSignOnService",
            binding: "b",
            location: "https://a.example.com/",
            index: undefined,
          },
        ],
        nameIdFormats: ["fg"],
        displayNames: {},
      },
    ]);
  });

  it.each([
    ["metadata.root", "<a/>"],
    ["xml.reference", group(`${entity}<a>&b;</a>`)],
    ["xml.reference", group(entity.replace("<Extensions>", "<Extensions>&b;"))],
    ["xml.truncated", group(entity).slice(0, -5)],
  ])("refuses with %s what readEntities refuses", async (code, document) => {
    await expect(all(document)).rejects.toMatchObject({ code });
  });
});
