import { describe, expect, it } from "vitest";
import { verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import {
  makeSigner,
  signatureTemplate,
  xmlsec1Signs,
  xmlsec1Verifies,
} from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const xmlsec1 = requireProgram("xmlsec1");

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const XMLENC = "http://www.w3.org/2001/04/xmlenc#";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const ONE_ONE = "http://www.w3.org/2006/12/xml-c14n11";

const FORMS = [EXCLUSIVE, INCLUSIVE, ONE_ONE].flatMap((form) => [
  form,
  `${form}${form === EXCLUSIVE ? "" : "#"}WithComments`,
]);
const DIGESTS = [`${XMLENC}sha256`, `${MORE}sha384`, `${XMLENC}sha512`];
const SIGNATURES = [
  ["rsa", "rsa-sha256"],
  ["rsa", "rsa-sha384"],
  ["rsa", "rsa-sha512"],
  ["P-256", "ecdsa-sha256"],
  ["P-384", "ecdsa-sha384"],
  ["P-521", "ecdsa-sha512"],
] as const;

/** Nested prefixes, a default namespace that goes away, comments, sections and characters of all kinds. */
function document(signature: string): string {
  return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:unused="urn:unused" ID="_1" entityID="https://sp.example.com/é&amp;&#x9;&quot;">${signature}
  <!-- before --><md:Extensions xmlns="urn:d"><a xmlns:b="urn:b" b:z="1" a="2"><b:c xmlns=""/><![CDATA[<&>]]>&#13; 漢😀</a></md:Extensions>
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/></md:SPSSODescriptor>
</md:EntityDescriptor>`;
}

describe.skipIf(xmlsec1.missing)(`every algorithm that xmlsec1 signs with${xmlsec1.note}`, () => {
  const signers = new Map(
    xmlsec1.missing
      ? []
      : (["rsa", "P-256", "P-384", "P-521"] as const).map((kind) => [kind, makeSigner(kind)]),
  );

  async function agree(
    kind: "rsa" | "P-256" | "P-384" | "P-521",
    signature: string,
  ): Promise<void> {
    const signer = signers.get(kind)!;
    const made = xmlsec1Signs(document(signature), signer);
    const trust = { certificates: [signer.certificate] };
    const { entities } = verifyMetadata(made, { trust });
    expect(entities).toHaveLength(1);
    expect(await verifyEntities(made, { trust })).toEqual(entities);
    for (const changed of [
      made.replace("/acs", "/bcs"),
      made.replace("漢", "字"),
      made.replace('b:z="1"', 'b:z="2"'),
      made.replace(/<(\w*:?)SignatureValue>./, "<$1SignatureValue>/"),
    ]) {
      if (changed === made) continue;
      expect(xmlsec1Verifies(changed, signer.certificate)).toBe(false);
      expect(() => verifyMetadata(changed, { trust })).toThrow(
        expect.objectContaining({ name: "SignatureError" }),
      );
    }
  }

  it.each(
    SIGNATURES.flatMap(([kind, name]) => DIGESTS.map((digest) => [name, digest, kind] as const)),
  )("%s over %s", async (name, digest, kind) => {
    await agree(kind, signatureTemplate("_1", { signature: MORE + name, digest }));
  });

  it.each(
    FORMS.flatMap((form) => [...FORMS, undefined].map((transform) => [form, transform] as const)),
  )("SignedInfo in %s, the document in %s", async (form, transform) => {
    const canonical = `<CanonicalizationMethod Algorithm="${form}"/>`;
    const element = transform === undefined ? "" : `<Transform Algorithm="${transform}"/>`;
    await agree("rsa", signatureTemplate("_1", { canonical, transform: element }));
  });
});
