/**
 * What xmlsec1 verifies and this library refuses, with the reason as the guide gives it. The list is
 * whole: a real document on which the two differ for any other reason is a fault.
 */
export interface Stricter {
  readonly code: string;
  readonly why: string;
}

export const stricter: readonly Stricter[] = [
  {
    code: "signature.algorithm",
    why: "MD5, SHA-224, RIPEMD-160, DSA and HMAC prove nothing today",
  },
  { code: "signature.sha1", why: "SHA-1 collides; `unsafe: { sha1: true }` takes it" },
  {
    code: "signature.short_key",
    why: "RSA under 2,048 bits can be broken; `unsafe: { shortRsaKeys: true }` takes it",
  },
  {
    code: "signature.reference_empty",
    why: 'SAML core 5.4.2 asks for the ID, not `URI=""`; `allowEmptyReference: true` takes it',
  },
  {
    code: "signature.reference",
    why: "the signature covers a part, and the rest could be anything; or programs differ in what the ID is, as with spaces and `xpointer()`",
  },
  {
    code: "signature.structure",
    why: "`ds:Object`, several references and the like could hold what another program reads",
  },
  {
    code: "signature.transform",
    why: "XPath and XSLT leave out what they like; only enveloped-signature and one canonicalisation are known to leave nothing out",
  },
  {
    code: "signature.missing",
    why: "the schema has the signature first in the root, and a stream has to know it before the rest",
  },
  { code: "signature.several", why: "which of two signatures counts is up to the program" },
  {
    code: "signature.duplicate_id",
    why: "two elements by one name: programs differ in which one is signed",
  },
  { code: "signature.expired", why: "the signature is right, and the metadata is not to be used" },
  { code: "signature.valid_until", why: "what cannot be read as a time may have passed" },
  { code: "xml.doctype", why: "a document type declaration changes what a document says" },
  {
    code: "xml.processing_instruction",
    why: "programs differ in what a processing instruction does to a text",
  },
];
