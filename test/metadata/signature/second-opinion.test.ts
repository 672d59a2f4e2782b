import { describe, expect, it } from "vitest";
import { verifyMetadata } from "../../../src/metadata/signature/index.ts";
import { requireProgram } from "../../support/require.ts";
import { makeSigner, signatureTemplate, xmlsec1Signs } from "../support/signing.ts";

const xmlsec1 = requireProgram("xmlsec1");
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

interface Case {
  readonly declarations?: string;
  readonly content?: string;
  readonly transform?: string;
}

/** What xmlsec1 signs and xml-crypto gets wrong. */
const cases: Record<string, Case> = {
  "#default in a PrefixList": {
    declarations: ' xmlns="urn:other"',
    transform: `<Transform Algorithm="${EXCLUSIVE}"><InclusiveNamespaces xmlns="${EXCLUSIVE}" PrefixList="#default"/></Transform>`,
  },
  "U+0085 in text": { content: "<x:X xmlns:x='urn:x'>a\u0085b</x:X>" },
  "U+2028 in an attribute": { content: "<x:X xmlns:x='urn:x' a='a\u2028b'/>" },
  "prefixes in upper and lower case": {
    content: "<x:X xmlns:x='urn:x' xmlns:Z='urn:z' Z:a='1' x:a='2'/>",
  },
  "the same in the inclusive form": {
    declarations: ' xmlns:SAML="urn:s" xmlns:a="urn:a"',
    transform: `<Transform Algorithm="${INCLUSIVE}"/>`,
  },
};

function template({ declarations = "", content = "", transform }: Case): string {
  const signature = signatureTemplate("_1", transform === undefined ? {} : { transform });
  const extensions = content === "" ? "" : `<md:Extensions>${content}</md:Extensions>`;
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${declarations} ID="_1" entityID="https://sp.example.com/">${signature}${extensions}<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/></md:SPSSODescriptor></md:EntityDescriptor>`;
}

describe.skipIf(xmlsec1.missing)(`the second opinion${xmlsec1.note}`, () => {
  const signer = xmlsec1.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [signer.certificate] };

  it.each(Object.keys(cases))("is not asked about %s", (name) => {
    const signed = xmlsec1Signs(template(cases[name] as Case), signer);
    expect(verifyMetadata(signed, { trust }).signature.secondOpinion).toBe(false);
    const changed = signed.replace("sp.example.com/acs", "sp.example.org/acs");
    expect(() => verifyMetadata(changed, { trust })).toThrow(
      expect.objectContaining({ code: "signature.digest" }),
    );
  });

  it("is asked about plain documents", () => {
    const signed = xmlsec1Signs(template({}), signer);
    expect(verifyMetadata(signed, { trust }).signature.secondOpinion).toBe(true);
  });
});
