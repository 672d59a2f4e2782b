import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseMetadata, readEntities, validateMetadata } from "../../src/metadata/index.ts";
import { verifyEntities } from "../../src/signature/index.ts";

const xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1"/>';
const utf16 = Buffer.from(xml, "utf16le");
const mark = "\ufeff";

describe("what is no XML at all", () => {
  it.each([
    ["a web page", "<!DOCTYPE html><html><body>Sign in</body></html>"],
    ["a web page", "\n<!doctype HTML>\n<p>"],
    ["JSON", '{"error":"not found"}'],
    ["JSON", "[]"],
    ["gzip", gzipSync(xml)],
    ["ZIP", Buffer.from("PK\u0003\u0004\u0014\u0000")],
    ["PDF", "%PDF-1.4\n%"],
    ["PEM", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"],
    ["escaped", '&lt;?xml version="1.0"?&gt;'],
    ["base64", Buffer.from(`<?xml version="1.0"?>${xml}`).toString("base64")],
    ["UTF-16", utf16],
    ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ["UTF-16", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
  ])("is called what it is: %s", async (what, input) => {
    const named = { name: "MetadataError", message: expect.stringContaining(what) };
    expect(() => parseMetadata(input)).toThrow(expect.objectContaining(named));
    await expect(async () => {
      for await (const entity of readEntities(input)) expect(entity).toBeUndefined();
    }).rejects.toMatchObject(named);
    await expect(verifyEntities(input, { trust: {} })).rejects.toMatchObject(named);
    const [finding] = validateMetadata(input, { now: 0 }).findings;
    expect(finding?.message).toContain(what);
    expect(finding?.hint).toMatch(/[.]$/);
  });

  it.each([
    "",
    "nonsense",
    "<a>",
    "<!DOCTYPE x><x/>",
    "<htmlish><b></htmlish>",
    "PKCS and so on",
    `${mark}x`,
    "éx",
  ])("and nothing else is: %j", (input) => {
    const { findings } = validateMetadata(input, { now: 0 });
    expect(findings[0]?.message).not.toContain("SAML metadata is XML in UTF-8");
  });

  it("and a root of another namespace is told from another root", () => {
    for (const [input, said] of [
      ["<HTML/>", "<HTML>, of a web page."],
      ["<EntityDescriptor/>", "<EntityDescriptor> in no namespace"],
      ['<EntitiesDescriptor xmlns="urn:x"/>', '<EntitiesDescriptor> in "urn:x"'],
      ['<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>', "<Response>."],
    ] as const) {
      expect(() => parseMetadata(input)).toThrow(said);
      expect(validateMetadata(input, { now: 0 }).findings[0]?.message).toContain(said);
    }
  });
});
