import { metadataFromElement } from "../read/parse.ts";
import { grow, newTreeBuilder } from "../xml/builder.ts";
import type { XmlElement } from "../xml/element.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { nextToken } from "../xml/scanner.ts";
import { rootScope } from "../xml/scope.ts";
import { type OctetDocument, octetDocument } from "../xml/tree.ts";
import { newScanner, setWindow, Token } from "../xml/window.ts";
import { type DigestPass, newDigestPass } from "./digest.ts";
import { signatureError } from "./fault.ts";
import type { VerifiedMetadata, VerifyOptions } from "./options.ts";
import { type Preamble, readPreamble } from "./preamble.ts";
import { confirm, type ProvenSignature, presentOf, proveSignature } from "./prove.ts";
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
  const { latin1, high, locate } = document;
  const preamble = readPreamble(latin1, high, true, limits, locate);
  if (preamble === undefined) throw signatureError("signature.missing");
  const proven = proveSignature(preamble, options, limits);
  const { root, pass } = readDigested(document, preamble, proven, limits);
  const signature = confirm(latin1, preamble, proven, pass, limits);
  checkRoot(root, policy, now);
  checkAll(root, policy, now);
  return {
    ...metadataFromElement(root, "verified"),
    signed: true,
    signature,
  } as unknown as VerifiedMetadata;
}

/** Reads the document in the very pass that digests it; gives it only if the digest is right. */
function readDigested(
  { latin1, high, locate }: OctetDocument,
  { signatureAt }: Preamble,
  { facts, id }: ProvenSignature,
  limits: XmlLimits,
): { root: XmlElement; pass: DigestPass } {
  const scanner = newScanner(rootScope(), limits, locate);
  scanner.isWhole = true;
  setWindow(scanner, latin1, true, high);
  const pass = newDigestPass(scanner, facts, signatureAt, id);
  const builder = newTreeBuilder();
  let root: XmlElement | undefined;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    if (pass.take(token)) root = grow(builder, scanner, token) ?? root;
  }
  pass.finish();
  return { root: root as XmlElement, pass };
}
