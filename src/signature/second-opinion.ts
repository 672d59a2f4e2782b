import type { KeyObject } from "node:crypto";
import { loadXmlCrypto } from "./xml-crypto.ts";

/** xml-crypto is asked about documents up to this; its time grows with the square of many things. */
export const OPINION_BYTES: number = 256 * 1024;
export const OPINION_ELEMENTS = 1000;

/**
 * In octets, what xml-crypto, or xmldom which it reads with, does not know or gets wrong, so that its
 * opinion of a document with it is worth nothing: U+0085, U+2028, what is beyond the basic plane, end
 * tags with white space, names that begin as declarations do, names that every object has,
 * declarations of SignedInfo, the default namespace in a `PrefixList`, Canonical XML 1.1.
 */
export const MISREAD: RegExp =
  /\xc2\x85|\xe2\x80\xa8|[\xf0-\xf4]|<\/[^<>\s]*\s|\sxmlns[^:=\s]|__proto__|hasOwnProperty|SignedInfo\s+xmlns:|#default|xml-c14n11/;

/**
 * What xml-crypto says about a signature.
 *
 * @param signature its octets, self-contained
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
