/**
 * The codes with which documents are refused that xmlsec1 verifies, with the reasons of the guide. The
 * list is complete: a real document on which the two differ for any other reason is a bug.
 */
export interface Stricter {
  readonly code: string;
  readonly why: string;
}

export const stricter: readonly Stricter[] = [
  {
    code: "signature.algorithm",
    why: "MD5 and RIPEMD-160 are broken or unusual, DSA is retired, and with HMAC the verifier could sign",
  },
  { code: "signature.sha1", why: "SHA-1 is broken; `unsafe: { sha1: true }` accepts it" },
  {
    code: "signature.short_key",
    why: "RSA under 2,048 bits can be broken; `unsafe: { shortRsaKeys: true }` accepts it",
  },
  {
    code: "signature.reference_empty",
    why: 'SAML core 5.4.2 requires the ID instead of `URI=""`; `allowEmptyReference: true` accepts it',
  },
  {
    code: "signature.reference",
    why: "the signature covers only a part of the document; or tools disagree on the ID, as with spaces and `xpointer()`",
  },
  {
    code: "signature.structure",
    why: "`ds:Object`, several references and the like could contain what another program reads",
  },
  {
    code: "signature.transform",
    why: "XPath and XSLT can leave out any part; only enveloped-signature and one canonicalisation are known to leave nothing out",
  },
  {
    code: "signature.misplaced",
    why: "the schema requires the signature first in the root, and a stream must know it before the rest",
  },
  { code: "signature.several", why: "programs disagree on which of two signatures counts" },
  {
    code: "signature.duplicate_id",
    why: "programs disagree on which of two elements with the same ID is signed",
  },
  {
    code: "signature.expired",
    why: "the signature is right, but the metadata must no longer be used",
  },
  { code: "signature.valid_until", why: "a text that is not a time may mean a time in the past" },
  {
    code: "signature.limit.prefixes",
    why: "a `PrefixList` with thousands of prefixes takes seconds before the signature is checked",
  },
  {
    code: "signature.inherited_attribute",
    why: "tools disagree on the `xml:id` and `xml:base` that inclusive canonicalisation inherits",
  },
  { code: "xml.doctype", why: "a document type declaration can change the content of a document" },
  {
    code: "xml.processing_instruction",
    why: "tools disagree on how a signature covers a processing instruction inside the root",
  },
  {
    code: "xml.encoding_mismatch",
    why: "tools disagree on which encoding counts if the declaration contradicts the bytes",
  },
  {
    code: "signature.of_part",
    why: "the signature covers one entity, and the rest of the document could be anything",
  },
  { code: "xml.encoding_unsupported", why: "UTF-8, UTF-16, ISO-8859-1 and US-ASCII are read" },
  {
    code: "xml.namespace_form",
    why: "tools disagree on how to escape a namespace name with such a character",
  },
];
