import { createHash } from "node:crypto";
import { decodeLatin1 } from "../core/bytes.ts";
import { metadataFromElement } from "../metadata/read/parse.ts";
import { attributeOf, isDsig, type XmlElement } from "../xml/element.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { isNcName } from "../xml/names.ts";
import { encodeLatin1 } from "../xml/octets.ts";
import { nextToken } from "../xml/scanner.ts";
import { type OctetDocument, octetDocument, readXmlTree, scannerOf } from "../xml/tree.ts";
import { Token } from "../xml/window.ts";
import { ENVELOPED, EXCLUSIVE } from "./algorithms.ts";
import { signatureError, signingError } from "./fault.ts";
import { insertSignature, ownSignature, type Unsigned } from "./own-signature.ts";
import { MISREAD, OPINION_BYTES, OPINION_ELEMENTS } from "./second-opinion.ts";
import { type Signer, type SignOptions, signerOf } from "./sign-key.ts";
import { verifyMetadata } from "./verify.ts";
import { loadXmlCrypto } from "./xml-crypto.ts";

/**
 * Signs SAML metadata: an enveloped signature with exclusive canonicalisation, first in the root,
 * where the schema wants it. A root without `ID` is given one, made from the document, so that the
 * result depends on nothing but what goes in (ECDSA values excepted). Otherwise not an octet changes.
 * The result is verified before it is returned.
 *
 * xml-crypto makes the signature of documents up to 256 KiB and 1,000 elements without comments. Its
 * time grows with the square of those; beyond, samlcert makes the same signature itself.
 *
 * Throws a `SignatureError`, or a `MetadataError` for a document that cannot be read.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { signMetadata } from "samlcert/signature";
 *
 * function sign(xml: string): string {
 *   return signMetadata(xml, {
 *     privateKey: readFileSync("signer.key", "utf8"),
 *     certificate: readFileSync("signer.crt", "utf8"),
 *   });
 * }
 * console.log(typeof sign);
 * ```
 */
export function signMetadata(xml: string | Uint8Array, options: SignOptions): string {
  const signer = signerOf(options);
  const limits = limitsOf(options.limits);
  const { root } = readXmlTree(xml, limits);
  metadataFromElement(root, "untrusted");
  if (root.children.some((child) => isDsig(child, "Signature")))
    throw signingError("signature.signed_already");
  const unsigned = prepare(octetDocument(xml, limits), root, limits);
  const signature = isSmall(root, unsigned)
    ? xmlCryptoSignature(unsigned, signer)
    : ownSignature(unsigned, signer, limits);
  const signed = decodeLatin1(insertSignature(unsigned, signature));
  // 1970: what is signed may be past its validUntil, which is for its reader to refuse.
  verifyMetadata(signed, { trust: { publicKeys: [signer.publicKey] }, now: 0, limits });
  return signed;
}

function isSmall(root: XmlElement, { latin1 }: Unsigned): boolean {
  return (
    latin1.length <= OPINION_BYTES &&
    countElements(root) <= OPINION_ELEMENTS &&
    !latin1.includes("<!--") &&
    !MISREAD.test(latin1)
  );
}

function countElements({ children }: XmlElement): number {
  return children.reduce((count, child) => count + countElements(child), 1);
}

/** Finds where the root's content begins, and gives the root an ID. */
function prepare(document: OctetDocument, root: XmlElement, limits: XmlLimits): Unsigned {
  const { latin1, high } = document;
  const scanner = scannerOf(document, limits);
  let token = nextToken(scanner);
  while (token !== Token.start) token = nextToken(scanner);
  const { tag, tokenAt, at } = scanner;
  if (tag.empty) throw signatureError("signature.structure", "The root is empty.");
  const own = attributeOf(root, "ID");
  if (own !== undefined) {
    if (!isNcName(own)) throw signatureError("signature.reference", "The root's ID is no name.");
    return { latin1, high, contentAt: at, id: encodeLatin1(own) };
  }
  const digest = createHash("sha256").update(latin1, "latin1").digest("hex");
  const id = `_${digest.slice(0, 40)}`;
  const attribute = ` ID="${id}"`;
  const nameEnd = tokenAt + 1 + tag.octetName.length;
  const identified = latin1.slice(0, nameEnd) + attribute + latin1.slice(nameEnd);
  const isHigh = new Uint8Array((identified.length >> 6) + 1).fill(high === undefined ? 0 : 1);
  return { latin1: identified, high: isHigh, contentAt: at + attribute.length, id };
}

function xmlCryptoSignature(unsigned: Unsigned, signer: Signer): string {
  const signed = loadXmlCrypto().newSignedXml({
    privateKey: signer.privateKey,
    publicCert: signer.certificatePem,
    signatureAlgorithm: signer.signatureAlgorithm as never,
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  signed.addReference({
    xpath: "/*",
    transforms: [ENVELOPED, EXCLUSIVE],
    digestAlgorithm: signer.digestAlgorithm,
  });
  signed.computeSignature(decodeLatin1(unsigned.latin1), {
    prefix: "ds",
    location: { reference: "/*", action: "prepend" },
  });
  return encodeLatin1(signed.getSignatureXml());
}
