import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseMetadata, readEntities, validateMetadata } from "../../src/metadata/index.ts";

const xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1"/>';
const utf16 = Buffer.from(xml, "utf16le");
/** The head of a certificate in DER, and more. */
const der = Buffer.concat([
  Buffer.from("308203003082020aa003020102", "hex"),
  Buffer.alloc(200, 0xab),
]);
const mark = "\ufeff";

describe("a document that is not XML", () => {
  it.each([
    ["a web page", "<!DOCTYPE html><html><body>Sign in</body></html>"],
    ["a web page", "\n<!doctype HTML>\n<p>"],
    ["JSON", '{"error":"not found"}'],
    ["JSON", "[]"],
    ["gzip", gzipSync(xml)],
    ["ZIP", Buffer.from("PK\u0003\u0004\u0014\u0000")],
    ["PDF", "%PDF-1.4\n%"],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"],
    ["a certificate (DER)", der],
    ["a certificate in base64", der.toString("base64").replace(/.{64}/g, "$&\n")],
    ["PEM", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"],
    ["escaped", '&lt;?xml version="1.0"?&gt;'],
    ["base64", Buffer.from(`<?xml version="1.0"?>${xml}`).toString("base64")],
    ["UTF-16 without a byte order mark", utf16],
    ["UTF-16 without a byte order mark", Buffer.from(utf16).swap16()],
  ])("is named: %s", async (format, input) => {
    const named = {
      name: "MetadataError",
      code: "xml.not_xml",
      message: expect.stringContaining(format),
    };
    expect(() => parseMetadata(input)).toThrow(expect.objectContaining(named));
    await expect(async () => {
      for await (const entity of readEntities(input)) expect(entity).toBeUndefined();
    }).rejects.toMatchObject(named);
    const [finding] = validateMetadata(input, { now: 0 }).findings;
    expect(finding?.message).toContain(format);
    expect(finding?.hint).toMatch(/^[A-Z].*[.]$/);
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
  ])("is not named if it is not one of these formats: %j", (input) => {
    const { findings } = validateMetadata(input, { now: 0 });
    expect(findings[0]?.code).toMatch(/^(?:xml|metadata)\./);
    expect(findings[0]?.code).not.toBe("xml.not_xml");
  });
});

describe("a root that is not SAML metadata", () => {
  it.each([
    ["<HTML/>", "<HTML>"],
    ["<EntityDescriptor/>", "<EntityDescriptor> is in no namespace"],
    ['<EntitiesDescriptor xmlns="urn:x"/>', '<EntitiesDescriptor> is in "urn:x"'],
    ['<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>', "<Response>"],
  ])("is named: %s", (input, name) => {
    expect(() => parseMetadata(input)).toThrow(name);
    expect(validateMetadata(input, { now: 0 }).findings[0]?.message).toContain(name);
  });
});
