import { createHash, type KeyObject } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import { isObject, isUint8Array, need } from "../core/argument.ts";
import { ANY, checkOptions, FUNCTION, OBJECT, type OptionKinds, oneOf } from "../core/options.ts";
import { metadataFromElement, UNMIXED } from "../metadata/read/parse.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { growTree, type Surveyed, scannerOf, surveyDocument } from "../xml/tree.ts";
import { signingError } from "./error.ts";
import { type RootSigning, signRoot, toSign } from "./sign-root.ts";
import { remoteSignerOf, type Signer, signerOf } from "./signer.ts";
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

/** The algorithm that a signature must have. */
export interface SignatureRequest {
  /** The kind of the key and the padding: PKCS #1 v1.5 for `rsa`. */
  readonly kind: "rsa" | "rsa-pss" | "ec";
  readonly hash: "sha256" | "sha384" | "sha512";
  /** The hash of the data, for services that sign digests. */
  readonly digest: Uint8Array;
}

/** As {@link SignOptions}, for a private key in a KMS or an HSM. */
export interface RemoteSignOptions extends Omit<SignOptions, "privateKey"> {
  /** Signs the data. An ECDSA signature may be DER, as most services give it, or r and s. */
  readonly sign: (data: Uint8Array, request: SignatureRequest) => Promise<Uint8Array>;
}

const KINDS: OptionKinds<SignOptions & RemoteSignOptions> = {
  privateKey: ANY,
  sign: FUNCTION,
  certificate: ANY,
  hash: /* @__PURE__ */ oneOf("sha256", "sha384", "sha512"),
  padding: /* @__PURE__ */ oneOf("pkcs1", "pss"),
  limits: OBJECT,
};

/**
 * Signs SAML metadata: an enveloped signature with exclusive canonicalisation, as the first child of
 * the root, where the schema requires it. A root without `ID` is given one, derived from the document,
 * so that the same input gives the same result (except for the values of ECDSA and RSA-PSS). An XML
 * declaration of another encoding becomes UTF-8; nothing else changes. The result is verified before
 * it is returned.
 *
 * Throws a `SignatureError`, a `KeyError` for a private key that cannot be read, or a `MetadataError` for a
 * document that cannot be read.
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
export function signMetadata(xml: string | Uint8Array, options: SignOptions): string;
/** Signs with a function, for a private key in a KMS or an HSM that never leaves it. */
export function signMetadata(xml: string | Uint8Array, options: RemoteSignOptions): Promise<string>;
export function signMetadata(
  xml: string | Uint8Array,
  options: SignOptions | RemoteSignOptions,
): string | Promise<string> {
  need(() => isObject(options), "options", "an object with privateKey and certificate");
  checkOptions(options, KINDS, "signMetadata");
  const limits = limitsOf(options.limits);
  if (!("sign" in options) || options.sign === undefined) {
    const signer = signerOf(options as SignOptions);
    return verified(signRoot(...rootOf(xml, signer, limits)), signer, limits);
  }
  need(() => !("privateKey" in options), "options", "given either privateKey or sign");
  return signRemotely(xml, options, limits);
}

type Root<Kind extends Signer> = [document: Surveyed, signing: RootSigning & { signer: Kind }];

/** The root of a document that may be signed. */
function rootOf<Kind extends Signer>(
  xml: string | Uint8Array,
  signer: Kind,
  limits: XmlLimits,
): Root<Kind> {
  const document = surveyDocument(xml, limits);
  const { root } = growTree(scannerOf(document, limits), UNMIXED);
  metadataFromElement(root, "untrusted", document.locate);
  if (root.children.some((child) => isDsig(child, "Signature"))) {
    throw signingError("signature.signed_already");
  }
  return [document, { root, signer, limits }];
}

function verified(signed: string, { publicKey }: Signer, limits: XmlLimits): string {
  // In 1970: the document may be past its validUntil, which is for its readers to refuse.
  verifyMetadata(signed, { trust: { publicKeys: [publicKey] }, now: 0, limits });
  return signed;
}

async function signRemotely(
  xml: string | Uint8Array,
  { sign, ...options }: RemoteSignOptions,
  limits: XmlLimits,
): Promise<string> {
  const signer = remoteSignerOf(options);
  const { data, finish } = toSign(...rootOf(xml, signer, limits));
  const { kind, hash } = signer.method;
  const digest = createHash(hash).update(data).digest();
  const value = await sign(data, { kind, hash: hash as SignatureRequest["hash"], digest });
  if (!isUint8Array(value)) throw signingError("signature.sign_failed");
  const signed = finish(kind === "ec" ? numbersOf(value, signer.publicKey) : value);
  try {
    return verified(signed, signer, limits);
  } catch {
    throw signingError("signature.sign_failed");
  }
}

/** XML Signature concatenates r and s (RFC 9231, 2.3.6); services give them in a SEQUENCE. */
function numbersOf(value: Uint8Array, { asymmetricKeyDetails }: KeyObject): Uint8Array {
  const size = asymmetricKeyDetails?.namedCurve === "secp384r1" ? 48 : 32;
  if (value.length === 2 * size || value[0] !== 0x30) return value;
  const numbers = new Uint8Array(2 * size);
  let at = 2;
  for (const end of [size, 2 * size]) {
    const length = value[at + 1] ?? 0;
    const number = value.subarray(at + 2, at + 2 + length);
    const digits = number.subarray(Math.max(0, number.length - size));
    numbers.set(digits, end - digits.length);
    at += 2 + length;
  }
  return numbers;
}
