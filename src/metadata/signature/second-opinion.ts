import type { KeyObject } from "node:crypto";
import type { CanonicalMethod } from "../xml/canonical-tag.ts";
import { loadXmlCrypto } from "./xml-crypto.ts";

/** xml-crypto is asked about documents up to this; its time grows with the square of many things. */
export const OPINION_BYTES: number = 256 * 1024;
export const OPINION_ELEMENTS = 1000;

const KNOWN: ReadonlySet<string> = new Set([
  "http://www.w3.org/2001/10/xml-exc-c14n#",
  "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
]);

/** xml-crypto knows these canonicalisations. */
export function isKnown(algorithms: readonly string[]): boolean {
  return algorithms.every((algorithm) => KNOWN.has(algorithm));
}

/** In octets: U+0085 and U+2028, and prefixes that are not in lower case. */
const MISREAD = /\xc2\x85|\xe2\x80\xa8|xmlns:[a-z0-9.-]*[A-Z_\x80-\xff]/;

/**
 * xml-crypto gets these wrong, so that its opinion of them is worth nothing: it makes line ends of two
 * characters as XML 1.1 does, sorts prefixes as a language sorts words, and takes `#default` of a
 * `PrefixList` for a prefix (Exclusive XML Canonicalization, 4).
 */
export function isMisread(latin1: string, methods: readonly CanonicalMethod[]): boolean {
  return MISREAD.test(latin1) || methods.some((one) => one.inclusivePrefixes.includes(""));
}

/**
 * What xml-crypto says about a signature.
 *
 * @param signature its octets, self-contained
 * @param isSha1Allowed xml-crypto knows SHA-1; whoever asks has decided on it before
 */
export function secondOpinion(xml: string, signature: string, key: KeyObject): boolean {
  const signed = loadXmlCrypto().newSignedXml({
    publicCert: key.export({ type: "spki", format: "pem" }),
    getCertFromKeyInfo: () => null,
  });
  try {
    signed.loadSignature(signature);
    return signed.checkSignature(xml) && signed.getSignedReferences().length === 1;
  } catch {
    return false;
  }
}
