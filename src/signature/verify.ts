import { metadataFromElement, UNMIXED } from "../metadata/read/parse.ts";
import { growTree, scannerOf, surveyDocument } from "../xml/tree.ts";
import { newDigestPass } from "./digest.ts";
import { signatureError } from "./error.ts";
import {
  VERIFY_KINDS,
  type VerifiedMetadata,
  type VerifyOptions,
  verificationOf,
} from "./options.ts";
import { readPreamble } from "./preamble.ts";
import { proveSignature, signatureInfo } from "./prove.ts";
import { askXmlCrypto } from "./second-opinion.ts";
import { checkAll, checkRoot } from "./validity.ts";

/**
 * Verifies the signature of SAML metadata, and returns what it covers. Only the trust anchors of the
 * caller count; the keys in the document do not. Everything unusual is refused: see the codes
 * `signature.*`. An expired document is refused, and one with an expired entity or role.
 *
 * Throws a `SignatureError`, or a `MetadataError` for a document that cannot be read.
 *
 * @example
 * ```ts
 * import { signingCertificates } from "samlcert/metadata";
 * import { verifyMetadata } from "samlcert/signature";
 *
 * function trustedKeys(xml: string, signer: string): readonly string[] {
 *   const { entities } = verifyMetadata(xml, { trust: { certificates: [signer] }, now: new Date() });
 *   return entities.flatMap((entity) => signingCertificates(entity).map(({ pem }) => pem));
 * }
 * console.log(typeof trustedKeys);
 * ```
 */
export function verifyMetadata(xml: string | Uint8Array, options: VerifyOptions): VerifiedMetadata {
  const verification = verificationOf(options, VERIFY_KINDS, "verifyMetadata");
  const { limits, validity, now } = verification;
  const document = surveyDocument(xml, limits);
  const preamble = readPreamble(document, true, limits);
  if (preamble === undefined) throw signatureError("signature.missing");
  const proven = proveSignature(preamble, verification);
  // The pass that digests the document also reads it; nothing is returned before the digest is right.
  const scanner = scannerOf(document, limits);
  const pass = newDigestPass(scanner, proven.facts, preamble.signatureAt, proven.id);
  const { root } = growTree(scanner, UNMIXED, pass.take);
  pass.finish();
  const asks = options.secondOpinion === true;
  if (asks) askXmlCrypto(document.latin1, preamble, proven, limits);
  checkRoot(root, validity, now);
  checkAll(root, validity, now);
  return {
    ...metadataFromElement(root, "verified"),
    signed: true,
    signature: signatureInfo(proven, asks),
  } as VerifiedMetadata;
}
