import { describe, expect, it } from "vitest";
import { parseMetadata } from "../../src/metadata/index.ts";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import { makeSigner, signatureTemplate, xmlsec1Signs } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1");

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
/** The prefixes t and u are in values alone: exclusive canonicalisation leaves their names out. */
const entity = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_1" entityID="urn:e"><md:Extensions><x:X xmlns:x="urn:x" xmlns:t="urn:t" ${XSI} xsi:type="t:T"><x:Y>t:value</x:Y></x:X></md:Extensions><md:RoleDescriptor xmlns:u="urn:u" ${XSI} xsi:type="u:U" protocolSupportEnumeration="urn:p"><u:V/></md:RoleDescriptor></md:EntityDescriptor>`;
/** Parts that an attacker can change without breaking the signature. */
const rebound = (xml: string): string =>
  xml
    .replace('xmlns:t="urn:t"', 'xmlns:t="urn:evil"')
    .replace('xmlns:u="urn:u"', 'xmlns:u="urn:evil"')
    .replace("<u:V/>", '<u:V xmlns:u="urn:u"/>');

describe.skipIf(openssl.missing)(`the namespace of a prefix in a value${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [signer.certificate] };
  const texts = async (xml: string): Promise<readonly string[]> => [
    JSON.stringify(verifyMetadata(xml, { trust }).entities),
    JSON.stringify(await verifyEntities(xml, { trust })),
  ];

  it("is absent if the signature does not cover it", async () => {
    const signed = signMetadata(entity, signer);
    expect(JSON.stringify(parseMetadata(rebound(signed)))).toContain("urn:evil");
    for (const xml of [signed, rebound(signed)]) {
      for (const text of await texts(xml)) {
        expect(text).not.toMatch(/urn:(?:evil|t\b)/);
        expect(text).toContain("t:value");
      }
    }
    expect(await texts(rebound(signed))).toEqual(await texts(signed));
  });

  it.skipIf(xmlsec1.missing)(`is present if the signature covers it${xmlsec1.note}`, async () => {
    const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    for (const transform of [
      '<Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>',
      `<Transform Algorithm="${exclusive}"><InclusiveNamespaces xmlns="${exclusive}" PrefixList="t u"/></Transform>`,
    ]) {
      const template = entity.replace(">", `>${signatureTemplate("_1", { transform })}`);
      const signed = xmlsec1Signs(template, signer);
      for (const text of await texts(signed)) {
        expect(text).toContain('{"prefix":"t","namespace":"urn:t"}');
        expect(text).toContain('{"prefix":"u","namespace":"urn:u"}');
      }
      expect(() => verifyMetadata(rebound(signed), { trust })).toThrow(
        expect.objectContaining({ code: "signature.digest" }),
      );
    }
  });
});
