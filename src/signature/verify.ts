import { metadataFromElement } from "../metadata/read/parse.ts";
import { limitsOf } from "../xml/limits.ts";
import { growTree, octetDocument, scannerOf } from "../xml/tree.ts";
import { newDigestPass } from "./digest.ts";
import { signatureError } from "./fault.ts";
import type { VerifiedMetadata, VerifyOptions } from "./options.ts";
import { readPreamble } from "./preamble.ts";
import { confirm, presentOf, proveSignature } from "./prove.ts";
import { checkAll, checkRoot, validityOf } from "./validity.ts";

/**
 * Verifies the signature of SAML metadata, and gives what it covers. Trust comes from the caller
 * alone; what the document says about keys is not looked at. Anything unusual is refused: see the
 * codes `signature.*`. Documents up to 256 KiB without comments are verified by xml-crypto as well,
 * and a disagreement is a refusal.
 *
 * An expired document is refused, and so is one that has an expired entity or role.
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
  const limits = limitsOf(options?.limits);
  const now = presentOf(options);
  const policy = validityOf(options?.validity);
  const document = octetDocument(xml, limits);
  const preamble = readPreamble(document, true, limits);
  if (preamble === undefined) throw signatureError("signature.missing");
  const proven = proveSignature(preamble, options, limits);
  // Reads the document in the very pass that digests it; nothing is given before the digest is right.
  const scanner = scannerOf(document, limits);
  const pass = newDigestPass(scanner, proven.facts, preamble.signatureAt, proven.id);
  const root = growTree(scanner, pass.take);
  pass.finish();
  const signature = confirm(document.latin1, preamble, proven, pass, limits);
  checkRoot(root, policy, now);
  checkAll(root, policy, now);
  return {
    ...metadataFromElement(root, "verified"),
    signed: true,
    signature,
  } as unknown as VerifiedMetadata;
}
