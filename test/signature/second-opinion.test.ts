import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import { runBundled } from "../metadata/support/bundled.ts";
import {
  makeSigner,
  signatureTemplate,
  xmlsec1Signs,
  xmlsec1Verifies,
} from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1");
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

interface Case {
  readonly declarations?: string | undefined;
  readonly content?: string | undefined;
  readonly transform?: string;
}

const prefixed = (list: string): string =>
  `<Transform Algorithm="${EXCLUSIVE}"><InclusiveNamespaces xmlns="${EXCLUSIVE}" PrefixList="${list}"/></Transform>`;

/** Documents that xmlsec1 signs, and xml-crypto or its parser gets wrong or does not know. */
const misread: Record<string, Case> = {
  "#default in a PrefixList": {
    declarations: ' xmlns="urn:other"',
    transform: prefixed("#default"),
  },
  "an empty PrefixList and a default namespace": {
    declarations: ' xmlns="urn:other"',
    transform: prefixed(""),
  },
  "blanks in a PrefixList": { declarations: ' xmlns="urn:other"', transform: prefixed(" x  y ") },
  "U+0085 in text": { content: "<x:X xmlns:x='urn:x'>a\u0085b</x:X>" },
  "U+2028 in an attribute": { content: "<x:X xmlns:x='urn:x' a='a\u2028b'/>" },
  "names beyond the basic plane": { content: "<x:X xmlns:x='urn:x' \u{10000}='1' \uFDF0='2'/>" },
  "an attribute that begins as a declaration": { content: "<x:X xmlns:x='urn:x' xmlnsx='1'/>" },
  "the prefix __proto__": { content: "<__proto__:X xmlns:__proto__='urn:x'/>" },
  "the attribute hasOwnProperty": { content: "<x:X xmlns:x='urn:x' hasOwnProperty='1'/>" },
  "prefixes in upper and lower case": {
    content: "<x:X xmlns:x='urn:x' xmlns:Z='urn:z' Z:a='1' x:a='2'/>",
  },
  "the inclusive form": {
    declarations: ' xmlns:SAML="urn:s" xmlns:a="urn:a"',
    transform: `<Transform Algorithm="${INCLUSIVE}"/>`,
  },
  "a namespace that begins as another": {
    content: "<x:X xmlns:x='urn:x' xmlns:y='urn:xy' x:z='1' y:a='2' a='3'/>",
  },
  "Canonical XML 1.1": {
    transform: '<Transform Algorithm="http://www.w3.org/2006/12/xml-c14n11"/>',
  },
};

function template({ declarations = "", content = "", transform }: Case): string {
  const signature = signatureTemplate("_1", transform === undefined ? {} : { transform });
  const extensions = content === "" ? "" : `<md:Extensions>${content}</md:Extensions>`;
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${declarations} ID="_1" entityID="https://sp.example.com/">${signature}${extensions}<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/></md:SPSSODescriptor></md:EntityDescriptor>`;
}

const plain = template({}).replace(/<Signature.*<\/Signature>/s, "");

describe.skipIf(xmlsec1.missing)(`verifyMetadata by itself${xmlsec1.note}`, () => {
  const signer = xmlsec1.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [signer.certificate] };

  it.each(Object.entries(misread))("agrees with xmlsec1 about %s", async (_, parts) => {
    const signed = xmlsec1Signs(template(parts), signer);
    expect(verifyMetadata(signed, { trust }).signature.secondOpinion).toBe(false);
    expect(await verifyEntities(signed, { trust })).toHaveLength(1);
    const changed = signed.replace("sp.example.com/acs", "sp.example.org/acs");
    expect(() => verifyMetadata(changed, { trust })).toThrow(
      expect.objectContaining({ code: "signature.digest" }),
    );
  });

  it.each(Object.entries(misread))("signs as xmlsec1 verifies: %s", (_, parts) => {
    const { declarations, content } = parts;
    const document = template({ declarations, content }).replace(/<Signature.*<\/Signature>/s, "");
    const signed = signMetadata(document, signer);
    expect(xmlsec1Verifies(signed, signer.certificate)).toBe(true);
  });
});

describe.skipIf(openssl.missing)(`verifyMetadata with secondOpinion${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const signed = openssl.missing ? "" : signMetadata(plain, signer);
  const options = { trust: { certificates: [signer.certificate] }, secondOpinion: true };

  it("verifies a document that xml-crypto verifies", () => {
    expect(verifyMetadata(signed, options)).toMatchObject({
      entities: [{ entityId: "https://sp.example.com/" }],
      signature: { secondOpinion: true },
    });
  });

  it("verifies a signature whose prefix the root declares", () => {
    const hoisted = signed
      .replace(' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', "")
      .replace(" entityID", ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID');
    expect(verifyMetadata(hoisted, options).signature.secondOpinion).toBe(true);
  });

  it("refuses a document that xml-crypto refuses", () => {
    const ec = makeSigner("P-256");
    const trust = { certificates: [ec.certificate] };
    const other = signMetadata(plain, ec);
    expect(verifyMetadata(other, { trust }).signature.secondOpinion).toBe(false);
    expect(() => verifyMetadata(other, { trust, secondOpinion: true })).toThrow(
      expect.objectContaining({ code: "signature.second_opinion" }),
    );
  });

  it("does not change why a document is refused", () => {
    const trust = { certificates: [makeSigner("rsa").certificate] };
    expect(() => verifyMetadata(signed, { trust, secondOpinion: true })).toThrow(
      expect.objectContaining({ code: "signature.untrusted" }),
    );
    expect(() => verifyMetadata(signed.replace("/acs", "/bcs"), options)).toThrow(
      expect.objectContaining({ code: "signature.digest" }),
    );
  });

  it("is not an option of verifyEntities", async () => {
    await expect(verifyEntities(signed, options as never)).rejects.toThrow(
      'verifyEntities has no option "secondOpinion".',
    );
  });

  it("says how to install xml-crypto if it is missing", () => {
    const program = join(import.meta.dirname, "without-xml-crypto.ts");
    const args = [signed, signer.certificate].map((text) => Buffer.from(text).toString("base64"));
    expect(runBundled(program, [], args, tmpdir())).toBe(
      "signature.second_opinion_missing Run npm install xml-crypto@6, or leave secondOpinion out.\n",
    );
  });
});
