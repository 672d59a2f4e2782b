import { describe, expect, it } from "vitest";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import {
  makeSigner,
  signatureTemplate,
  xmlsec1Signs,
  xmlsec1Verifies,
} from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const xmlsec1 = requireProgram("xmlsec1");
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const CANONICAL =
  '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>';
const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

interface Case {
  readonly declarations?: string | undefined;
  readonly content?: string | undefined;
  readonly transform?: string;
  readonly signedInfo?: string;
}

/** What xmlsec1 signs and xml-crypto gets wrong or does not know. */
const misread: Record<string, Case> = {
  "#default in a PrefixList": {
    declarations: ' xmlns="urn:other"',
    transform: `<Transform Algorithm="${EXCLUSIVE}"><InclusiveNamespaces xmlns="${EXCLUSIVE}" PrefixList="#default"/></Transform>`,
  },
  "U+0085 in text": { content: "<x:X xmlns:x='urn:x'>a\u0085b</x:X>" },
  "U+2028 in an attribute": { content: "<x:X xmlns:x='urn:x' a='a\u2028b'/>" },
  "names beyond the basic plane": { content: "<x:X xmlns:x='urn:x' \u{10000}='1' \uFDF0='2'/>" },
  "an attribute that begins as a declaration": { content: "<x:X xmlns:x='urn:x' xmlnsx='1'/>" },
  "the prefix __proto__": { content: "<__proto__:X xmlns:__proto__='urn:x'/>" },
  "the attribute hasOwnProperty": { content: "<x:X xmlns:x='urn:x' hasOwnProperty='1'/>" },
  "declarations of SignedInfo": {
    declarations: ' xmlns:x="urn:x"',
    signedInfo: ' xmlns:x="urn:y"',
  },
  "Canonical XML 1.1": {
    transform: '<Transform Algorithm="http://www.w3.org/2006/12/xml-c14n11"/>',
  },
};

/** What it would get wrong, if it were left to sort. */
const sorted: Record<string, Case> = {
  "plain documents": {},
  "prefixes in upper and lower case": {
    content: "<x:X xmlns:x='urn:x' xmlns:Z='urn:z' Z:a='1' x:a='2'/>",
  },
  "the same in the inclusive form": {
    declarations: ' xmlns:SAML="urn:s" xmlns:a="urn:a"',
    transform: `<Transform Algorithm="${INCLUSIVE}"/>`,
  },
  "a namespace that begins as another": {
    content: "<x:X xmlns:x='urn:x' xmlns:y='urn:xy' x:z='1' y:a='2' a='3'/>",
  },
};

function template({ declarations = "", content = "", transform, signedInfo = "" }: Case): string {
  const parts = signedInfo === "" ? {} : { canonical: CANONICAL };
  const signature = signatureTemplate(
    "_1",
    transform === undefined ? parts : { ...parts, transform },
  ).replace("<SignedInfo", `<SignedInfo${signedInfo}`);
  const extensions = content === "" ? "" : `<md:Extensions>${content}</md:Extensions>`;
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${declarations} ID="_1" entityID="https://sp.example.com/">${signature}${extensions}<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/></md:SPSSODescriptor></md:EntityDescriptor>`;
}

describe.skipIf(xmlsec1.missing)(`the second opinion${xmlsec1.note}`, () => {
  const signer = xmlsec1.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [signer.certificate] };

  it.each(Object.keys(misread))("is not asked about %s", (name) => {
    const signed = xmlsec1Signs(template(misread[name] as Case), signer);
    expect(verifyMetadata(signed, { trust }).signature.secondOpinion).toBe(false);
    const changed = signed.replace("sp.example.com/acs", "sp.example.org/acs");
    expect(() => verifyMetadata(changed, { trust })).toThrow(
      expect.objectContaining({ code: "signature.digest" }),
    );
  });

  it.each(Object.keys(sorted))("is asked about %s, and agrees", (name) => {
    const signed = xmlsec1Signs(template(sorted[name] as Case), signer);
    expect(verifyMetadata(signed, { trust }).signature.secondOpinion).toBe(true);
  });

  it.each(Object.entries({ ...misread, ...sorted }))(
    "does not keep documents from being signed: %s",
    (_, { declarations, content }) => {
      const document = template({ declarations, content }).replace(
        /<Signature.*<\/Signature>/s,
        "",
      );
      const signed = signMetadata(document, signer);
      expect(verifyMetadata(signed, { trust }).entities).toHaveLength(1);
      expect(xmlsec1Verifies(signed, signer.certificate)).toBe(true);
    },
  );
});
