import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyMetadata } from "../../src/signature/index.ts";
import {
  makeSigner,
  signatureTemplate,
  xmlsec1Signs,
  xmlsec1Verifies,
} from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";
import { stricter } from "./stricter.ts";

const xmlsec1 = requireProgram("xmlsec1");

const MD = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata"';
const role =
  '<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/></SPSSODescriptor>';

interface Parts {
  readonly signature?: string;
  readonly attributes?: string;
  readonly role?: string;
  readonly last?: string;
}

function document({
  signature,
  attributes = 'ID="_1"',
  role: own = role,
  last = "",
}: Parts): string {
  return `<EntityDescriptor ${MD} ${attributes} entityID="https://sp.example.com/">${signature ?? signatureTemplate("_1")}${own}${last}</EntityDescriptor>`;
}

const XPATH =
  '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::*[local-name()="SPSSODescriptor"])</XPath></Transform>';

const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE =
  '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>';

function prefixed(list: string): string {
  const namespaces = `<InclusiveNamespaces xmlns="${EXCLUSIVE}" PrefixList="${list}"/>`;
  const transform = `<Transform Algorithm="${EXCLUSIVE}">${namespaces}</Transform>`;
  return signatureTemplate("_1", { transform });
}

/** For each code, a template that xmlsec1 signs and verifies. */
const templates: Readonly<Record<string, () => string>> = {
  "signature.algorithm": () => {
    const signature = "http://www.w3.org/2001/04/xmldsig-more#rsa-md5";
    return document({ signature: signatureTemplate("_1", { signature }) });
  },
  "signature.sha1": () => {
    const digest = "http://www.w3.org/2000/09/xmldsig#sha1";
    return document({ signature: signatureTemplate("_1", { digest }) });
  },
  "signature.short_key": () => document({}),
  "signature.reference_empty": () => document({ signature: signatureTemplate("") }),
  "signature.reference": () =>
    `<EntitiesDescriptor ${MD} ID="_2">${signatureTemplate("_1")}${document({ signature: "" })}</EntitiesDescriptor>`,
  "signature.structure": () =>
    document({
      signature: signatureTemplate("_1").replace("</Signature>", "<Object>x</Object></Signature>"),
    }),
  "signature.transform": () =>
    document({ signature: signatureTemplate("_1", { transform: XPATH }) }),
  "signature.misplaced": () => document({ signature: "", last: signatureTemplate("_1") }),
  "signature.several": () =>
    document({ last: '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>' }),
  "signature.duplicate_id": () => document({ role: role.replace(" ", ' Id="_1" ') }),
  "signature.expired": () => document({ attributes: 'ID="_1" validUntil="2001-01-01T00:00:00Z"' }),
  "signature.valid_until": () => document({ attributes: 'ID="_1" validUntil="soon"' }),
  "xml.doctype": () => `<!DOCTYPE EntityDescriptor []>${document({})}`,
  "xml.processing_instruction": () => document({ last: "<?x y?>" }),
  "signature.of_part": () =>
    `<EntitiesDescriptor ${MD} ID="_2">${document({})}</EntitiesDescriptor>`,
  "xml.encoding_unsupported": () => `<?xml version="1.0" encoding="ISO-8859-15"?>${document({})}`,
  "xml.namespace_form": () => document({ attributes: 'ID="_1" xmlns:x="urn:x&amp;y" x:y=""' }),
  "xml.encoding_mismatch": () => `<?xml version="1.0" encoding="ISO-8859-1"?>${document({})}`,
  "signature.limit.prefixes": () => document({ signature: prefixed(" x".repeat(200)) }),
  "signature.inherited_attribute": () =>
    document({
      attributes: 'ID="_1" xml:base="http://example.com/"',
      signature: signatureTemplate("_1", { canonical: INCLUSIVE }),
    }),
};

const guide = readFileSync(
  join(import.meta.dirname, "../../docs/guides/trust-idp-metadata.md"),
  "utf8",
).replace(/\s+/g, " ");

describe.skipIf(xmlsec1.missing)(`a document that xmlsec1 verifies${xmlsec1.note}`, () => {
  it.each(stricter)("is refused with $code: $why", ({ code, why }) => {
    const signer = makeSigner(code === "signature.short_key" ? "rsa1024" : "rsa");
    const template = xmlsec1Signs((templates[code] as () => string)(), signer);
    // xmlsec1 writes no byte order mark, and accepts one.
    const made = code === "xml.encoding_mismatch" ? `\ufeff${template}` : template;
    expect(xmlsec1Verifies(made, signer.certificate)).toBe(true);
    const trust = { certificates: [signer.certificate] };
    expect(() => verifyMetadata(Buffer.from(made), { trust })).toThrow(
      expect.objectContaining({ code }),
    );
    expect(guide).toContain(`| \`${code}\` | ${why} |`);
  });
});
