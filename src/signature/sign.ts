import type { KeyObject } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import { isObject, need } from "../core/argument.ts";
import { ANY, checkOptions, OBJECT, type OptionKinds, oneOf } from "../core/options.ts";
import { metadataFromElement, UNMIXED } from "../metadata/read/parse.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { growTree, scannerOf, surveyDocument } from "../xml/tree.ts";
import { signingError } from "./error.ts";
import { signRoot } from "./sign-root.ts";
import { signerOf } from "./signer.ts";
import { isDsig } from "./structure.ts";
import { verifyMetadata } from "./verify.ts";

/** The key and the certificate that sign, and the algorithm. */
export interface SignOptions {
  /** PEM, or a key of node:crypto (see `readPrivateKey`): RSA of 2048 bits or more, EC on P-256 or P-384. */
  readonly privateKey: string | KeyObject;
  /** The certificate of that key, as PEM or read; it is published in the signature. */
  readonly certificate: string | Certificate;
  /** Default: SHA-256, or SHA-384 for a key on P-384. */
  readonly hash?: "sha256" | "sha384" | "sha512" | undefined;
  /** The padding of an RSA signature: PKCS #1 v1.5, or PSS (RFC 9231, 2.3.10). Default: pkcs1. */
  readonly padding?: "pkcs1" | "pss" | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
}

const KINDS: OptionKinds<SignOptions> = {
  privateKey: ANY,
  certificate: ANY,
  hash: oneOf("sha256", "sha384", "sha512"),
  padding: oneOf("pkcs1", "pss"),
  limits: OBJECT,
};

/**
 * Signs SAML metadata: an enveloped signature with exclusive canonicalisation, as the first child of
 * the root, where the schema requires it. A root without `ID` is given one, derived from the document,
 * so that the same input gives the same result (except for the values of ECDSA and RSA-PSS). An XML
 * declaration of another encoding becomes UTF-8; nothing else changes. The result is verified before
 * it is returned.
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
  need(() => isObject(options), "options", "an object with privateKey and certificate");
  checkOptions(options, KINDS, "signMetadata");
  const limits = limitsOf(options.limits);
  const signer = signerOf(options);
  const document = surveyDocument(xml, limits);
  const { root } = growTree(scannerOf(document, limits), UNMIXED);
  metadataFromElement(root, "untrusted", document.locate);
  if (root.children.some((child) => isDsig(child, "Signature"))) {
    throw signingError("signature.signed_already");
  }
  const signed = signRoot(document, { root, signer, limits });
  // In 1970: the document may be past its validUntil, which is for its readers to refuse.
  verifyMetadata(signed, { trust: { publicKeys: [signer.publicKey] }, now: 0, limits });
  return signed;
}
