import type { CanonicalMethod } from "../xml/canonical-tag.ts";

/** A hash, by its name in node:crypto. */
export type HashName = "sha1" | "sha256" | "sha384" | "sha512";

export interface SignatureMethod {
  readonly keyType: "rsa" | "ec";
  readonly hash: HashName;
}

const XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";
const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const XMLENC = "http://www.w3.org/2001/04/xmlenc#";

export const ENVELOPED: string = `${XMLDSIG}enveloped-signature`;
export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** RFC 9231 and XML Signature 1.1, 6. MD5, DSA and HMAC are not here, and SHA-1 needs an option. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = /* @__PURE__ */ new Map([
  [`${MORE}rsa-sha256`, { keyType: "rsa", hash: "sha256" }],
  [`${MORE}rsa-sha384`, { keyType: "rsa", hash: "sha384" }],
  [`${MORE}rsa-sha512`, { keyType: "rsa", hash: "sha512" }],
  [`${MORE}ecdsa-sha256`, { keyType: "ec", hash: "sha256" }],
  [`${MORE}ecdsa-sha384`, { keyType: "ec", hash: "sha384" }],
  [`${MORE}ecdsa-sha512`, { keyType: "ec", hash: "sha512" }],
  [`${XMLDSIG}rsa-sha1`, { keyType: "rsa", hash: "sha1" }],
  [`${MORE}ecdsa-sha1`, { keyType: "ec", hash: "sha1" }],
]);

export const digestMethods: ReadonlyMap<string, HashName> = /* @__PURE__ */ new Map([
  [`${XMLENC}sha256`, "sha256"],
  [`${MORE}sha384`, "sha384"],
  [`${XMLENC}sha512`, "sha512"],
  [`${XMLDSIG}sha1`, "sha1"],
]);

/** The hash's digest, in octets. */
export const digestLengths: Readonly<Record<HashName, number>> = {
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

type Form = Pick<CanonicalMethod, "isExclusive" | "withComments">;

const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const INCLUSIVE_11 = "http://www.w3.org/2006/12/xml-c14n11";

/**
 * Canonical XML 1.1 differs from 1.0 for document subsets alone, in which `xml:` attributes they take
 * from ancestors; what depends on that is refused where the subset is made.
 */
export const canonicalForms: ReadonlyMap<string, Form> = /* @__PURE__ */ new Map(
  [EXCLUSIVE, INCLUSIVE, INCLUSIVE_11].flatMap((uri): [string, Form][] => {
    const isExclusive = uri === EXCLUSIVE;
    return [
      [uri, { isExclusive, withComments: false }],
      [`${uri}${isExclusive ? "" : "#"}WithComments`, { isExclusive, withComments: true }],
    ];
  }),
);

/** What a reference without canonicalisation gets (XML Signature 1.1, 4.4.3.2). */
export const DEFAULT_FORM: Form = { isExclusive: false, withComments: false };
