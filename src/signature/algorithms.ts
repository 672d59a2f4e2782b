import type { CanonicalMethod } from "../xml/canonical-tag.ts";

/** A hash, by its name in node:crypto. */
export type HashName = "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

export interface SignatureMethod {
  readonly kind: "rsa" | "rsa-pss" | "ec";
  readonly hash: HashName;
  /** The salt length of RSA-PSS in bytes. Default: the length of the hash. */
  readonly saltLength?: number | undefined;
}

const XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";
const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
/** RFC 9231. */
export const PSS = "http://www.w3.org/2007/05/xmldsig-more#";
const XMLENC = "http://www.w3.org/2001/04/xmlenc#";

export const ENVELOPED: string = `${XMLDSIG}enveloped-signature`;
export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** The hashes with the URIs of their digest methods, and their length in bytes. */
const HASHES: readonly (readonly [HashName, string, number])[] = [
  ["sha1", XMLDSIG, 20],
  ["sha224", MORE, 28],
  ["sha256", XMLENC, 32],
  ["sha384", MORE, 48],
  ["sha512", XMLENC, 64],
];

/** RFC 9231 and XML Signature 1.1, 6. No MD5, DSA and HMAC; SHA-1 needs an option. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ HASHES.flatMap(([hash]): [string, SignatureMethod][] => [
    [`${hash === "sha1" ? XMLDSIG : MORE}rsa-${hash}`, { kind: "rsa", hash }],
    [`${MORE}ecdsa-${hash}`, { kind: "ec", hash }],
    [`${PSS}${hash}-rsa-MGF1`, { kind: "rsa-pss", hash }],
  ]),
);

export const digestMethods: ReadonlyMap<string, HashName> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ HASHES.map(([hash, base]) => [base + hash, hash]),
);

/** The length of a digest in bytes. */
export function digestLength(hash: HashName): number {
  return HASHES.find(([name]) => name === hash)?.[2] as number;
}

type Form = Pick<CanonicalMethod, "isExclusive" | "withComments">;

/**
 * Canonical XML 1.1 differs from 1.0 only in the `xml:` attributes that document subsets inherit;
 * where that matters, the subset is refused.
 */
export const canonicalForms: ReadonlyMap<string, Form> = /* @__PURE__ */ new Map([
  [EXCLUSIVE, { isExclusive: true, withComments: false }],
  [`${EXCLUSIVE}WithComments`, { isExclusive: true, withComments: true }],
  .../* @__PURE__ */ [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2006/12/xml-c14n11",
  ].flatMap((uri): [string, Form][] => [
    [uri, { isExclusive: false, withComments: false }],
    [`${uri}#WithComments`, { isExclusive: false, withComments: true }],
  ]),
]);

/** The form of a reference without canonicalisation (XML Signature 1.1, 4.4.3.2). */
export const DEFAULT_FORM: Form = { isExclusive: false, withComments: false };
