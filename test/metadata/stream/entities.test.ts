import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { UntrustedEntity } from "../../../src/metadata/model/trust.ts";
import { parseMetadata } from "../../../src/metadata/read/parse.ts";
import { type ReadEntitiesOptions, readEntities } from "../../../src/metadata/stream/entities.ts";
import { corpusFolder, requireCorpus, rowsFrom } from "../../support/require.ts";

const MD = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"';
const SAML2 = "urn:oasis:names:tc:SAML:2.0:protocol";

async function all(
  source: Parameters<typeof readEntities>[0],
  options?: ReadEntitiesOptions,
): Promise<readonly UntrustedEntity[]> {
  const found: UntrustedEntity[] = [];
  for await (const entity of readEntities(source, options)) found.push(entity);
  return found;
}

async function* pieces(octets: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}

const names = async (source: string, options?: ReadEntitiesOptions): Promise<readonly string[]> =>
  (await all(source, options)).map(({ entityId }) => entityId);

function entity(id: string, content = ""): string {
  return `<md:EntityDescriptor entityID="${id}">${content}<md:IDPSSODescriptor protocolSupportEnumeration="${SAML2}"/></md:EntityDescriptor>`;
}

function group(content: string, attributes = ""): string {
  return `<md:EntitiesDescriptor ${MD} ${attributes}>${content}</md:EntitiesDescriptor>`;
}

const corpus = requireCorpus("saml", "documents");

describe.skipIf(corpus.missing)(`readEntities of real documents${corpus.note}`, () => {
  const folder = join(corpusFolder, "saml/documents");
  const files = rowsFrom(corpus, () => readdirSync(folder).filter((name) => name.endsWith(".xml")));

  it.each(files)("%s: the same as parseMetadata, however it is cut", async (name) => {
    const octets = readFileSync(join(folder, name));
    let whole: unknown;
    try {
      whole = parseMetadata(octets).entities;
    } catch (error) {
      await expect(all(octets)).rejects.toMatchObject({ code: (error as { code: string }).code });
      return;
    }
    expect(await all(octets)).toEqual(whole);
    expect(await all(pieces(octets, 4099))).toEqual(whole);
    const select = { roles: ["SPSSODescriptor"] } as const;
    const selected = (whole as UntrustedEntity[]).filter(({ roles }) =>
      roles?.some(({ type }) => type === "SPSSODescriptor"),
    );
    expect(await all(pieces(octets, 70_001), { select })).toEqual(selected);
  });
});

describe("readEntities", () => {
  it("gives entities the values of nested groups", async () => {
    const inner = `<md:EntitiesDescriptor Name="inner" validUntil="2030-01-01T00:00:00Z">${entity("b")}</md:EntitiesDescriptor>`;
    const document = group(
      entity("a") + inner + entity("c"),
      'Name="outer" validUntil="2031-01-01T00:00:00Z" cacheDuration="PT1H"',
    );
    const found = await all(document);
    expect(found.map(({ entityId, inherited }) => [entityId, inherited?.validUntil?.iso])).toEqual([
      ["a", "2031-01-01T00:00:00Z"],
      ["b", "2030-01-01T00:00:00Z"],
      ["c", "2031-01-01T00:00:00Z"],
    ]);
    expect(found[1]?.inherited).toMatchObject({
      groups: ["outer", "inner"],
      cacheDuration: "PT1H",
    });
    expect(found).toEqual(parseMetadata(document).entities);
  });

  it("keeps the namespaces of the groups around", async () => {
    const document = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:x="urn:x">
      <EntityDescriptor entityID="a" x:y="1"><RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x:T" protocolSupportEnumeration="urn:p"/></EntityDescriptor></EntitiesDescriptor>`;
    expect(await all(document)).toEqual(parseMetadata(document).entities);
  });

  it("selects by entityID, role and entity attribute", async () => {
    const category = (value: string): string =>
      `<md:Extensions><a:EntityAttributes xmlns:a="urn:oasis:names:tc:SAML:metadata:attribute"><s:Attribute xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" Name="n"><s:AttributeValue>${value}</s:AttributeValue></s:Attribute></a:EntityAttributes></md:Extensions>`;
    const document = group(
      entity("a", category("x")) +
        entity("b", category("&#x78;")) +
        entity("c", category("y")) +
        entity("d&amp;", category("x")).replaceAll("IDPSSO", "SPSSO"),
    );
    expect(await names(document, { select: { entityIds: ["c", "d&"] } })).toEqual(["c", "d&"]);
    expect(await names(document, { select: { roles: ["SPSSODescriptor"] } })).toEqual(["d&"]);
    const entityAttribute = { name: "n", value: "x" };
    expect(await names(document, { select: { entityAttribute } })).toEqual(["a", "b", "d&"]);
    expect(
      await names(document, { select: { entityAttribute, roles: ["IDPSSODescriptor"] } }),
    ).toEqual(["a", "b"]);
    expect(await names(document, { select: { entityIds: [] } })).toEqual([]);
  });

  it.each([
    ["a comment", `<!-- </md:EntityDescriptor>${entity("evil")} -->`],
    ["a section", `<md:X><![CDATA[</md:EntityDescriptor>${entity("evil")}]]></md:X>`],
    ["another element", `<x:X xmlns:x="urn:x">${entity("evil")}</x:X>`],
    ["the name in text", "<md:X>EntityDescriptor and </md:X>"],
    ["an attribute", '<md:X a="EntityDescriptor>"/>'],
  ])("is not misled by %s in an entity that is passed over", async (_, content) => {
    const document = group(entity("a", content) + entity("b"));
    expect(await names(document)).toEqual(["a", "b"]);
    expect(await names(document, { select: { entityIds: ["b"] } })).toEqual(["b"]);
    expect(await names(document, { select: { entityIds: ["evil"] } })).toEqual([]);
  });

  it("recognises entities by namespace and place only", async () => {
    const document = group(
      `<q:EntityDescriptor xmlns:q="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"></q:EntityDescriptor>` +
        `<md:EntityDescriptor xmlns:md="urn:other" entityID="evil"></md:EntityDescriptor>` +
        `<md:Other><md:EntityDescriptor entityID="evil"/></md:Other>` +
        `<md:EntityDescriptor entityID="b"/>` +
        `<md:EntitiesDescriptor/>`,
    );
    expect(await names(document)).toEqual(["a", "b"]);
  });

  it("gives the entities before a fault, then the fault with its place", async () => {
    const document = group(`${entity("a")}\n${entity("b")}\n<md:x></md:y>`);
    const found: string[] = [];
    await expect(async () => {
      for await (const { entityId } of readEntities(document)) found.push(entityId);
    }).rejects.toMatchObject({ code: "xml.end_tag", at: { line: 3, column: 7 } });
    expect(found).toEqual(["a", "b"]);
  });

  it("gives the place of a fault far inside", async () => {
    const filler = `${entity("é")}\n`.repeat(3000);
    const document = group(`${filler}  é<md:x></md:y>`);
    await expect(all(document)).rejects.toMatchObject({
      code: "xml.end_tag",
      at: {
        line: 3001,
        column: 10,
        offset: Buffer.byteLength(document.slice(0, document.indexOf("</md:y>"))),
      },
    });
    const octets = Buffer.from(document);
    octets[octets.length - 40] = 0xff;
    await expect(all(pieces(octets, 1000))).rejects.toMatchObject({ code: "xml.encoding" });
  });

  it("refuses a document that is not metadata, not bytes, or too large", async () => {
    await expect(all("<a/>")).rejects.toMatchObject({ code: "metadata.root" });
    await expect(all("<!DOCTYPE a><a/>")).rejects.toMatchObject({ code: "xml.doctype" });
    async function* text(): AsyncGenerator<never> {
      yield "<a/>" as never;
    }
    await expect(all(text())).rejects.toMatchObject({ code: "xml.source" });
    const limits = { maxStreamBytes: 100_000, maxEntityBytes: 200_000 };
    await expect(all(group(entity("a").repeat(2000)), { limits })).rejects.toMatchObject({
      code: "xml.limit.stream",
    });
    const long = group(entity("a", "<md:X>y</md:X>".repeat(40_000)));
    await expect(all(long, { limits: { maxEntityBytes: 200_000 } })).rejects.toMatchObject({
      code: "xml.limit.entity",
    });
    await expect(all(long, { limits: { maxNodes: 1000 } })).rejects.toMatchObject({
      code: "xml.limit.nodes",
    });
  });

  it("closes its source when it is left early", async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from(group(entity("a") + entity("b")));
      } finally {
        closed = true;
      }
    }
    for await (const { entityId } of readEntities(source())) {
      expect(entityId).toBe("a");
      break;
    }
    expect(closed).toBe(true);
  });
});
