import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import type { XmlLimits } from "../xml/limits.ts";
import type { HashName } from "./algorithms.ts";
import { digestMethods, signatureMethods } from "./algorithms.ts";
import { signatureError, signingError } from "./fault.ts";

/** The key and certificate that sign, and how. */
export interface SignOptions {
  /** PEM, or a key of node:crypto: RSA of 2048 bits or more, or EC on P-256 or P-384. */
  readonly privateKey: string | KeyObject;
  /** The certificate of that key, PEM or read; it is published in the signature. */
  readonly certificate: string | Certificate;
  /** By default SHA-256, or SHA-384 for a key on P-384. */
  readonly hash?: "sha256" | "sha384" | "sha512" | undefined;
  /** What the reader refuses to go beyond; each has its default. */
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** A key that may sign, with what it signs. */
export interface Signer {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly certificatePem: string;
  readonly hash: HashName;
  readonly signatureAlgorithm: string;
  readonly digestAlgorithm: string;
}

const CURVES: Readonly<Record<string, "sha256" | "sha384">> = {
  prime256v1: "sha256",
  secp384r1: "sha384",
};

/** Reads the key and proves that the certificate is its own. */
export function signerOf(options: SignOptions): Signer {
  const privateKey = privateKeyOf(options?.privateKey);
  const certificatePem =
    typeof options.certificate === "string"
      ? options.certificate
      : (options.certificate?.pem ?? "");
  const usual = usualHash(privateKey);
  const hash = options.hash ?? usual;
  const publicKey = createPublicKey(privateKey);
  const certified = certifiedKey(certificatePem);
  if (!certified.equals(publicKey)) throw signingError("signature.key_mismatch");
  const keyType = privateKey.asymmetricKeyType;
  const [signatureAlgorithm] =
    [...signatureMethods].find(([, m]) => m.keyType === keyType && m.hash === hash) ?? [];
  const [digestAlgorithm] = [...digestMethods].find(([, name]) => name === hash) ?? [];
  if (signatureAlgorithm === undefined || digestAlgorithm === undefined) {
    throw signatureError("signature.algorithm");
  }
  return { privateKey, publicKey, certificatePem, hash, signatureAlgorithm, digestAlgorithm };
}

function privateKeyOf(input: string | KeyObject): KeyObject {
  try {
    const key = typeof input === "string" ? createPrivateKey(input) : input;
    if (key.type === "private") return key;
  } catch {
    // The reason could quote the key.
  }
  throw signingError("signature.key", "It cannot be read.");
}

function certifiedKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw signingError("signature.key_mismatch", "It cannot be read.");
  }
}

/** The hash for a key; throws for one that may not sign. */
function usualHash(key: KeyObject): "sha256" | "sha384" {
  const details = key.asymmetricKeyDetails;
  const curveHash = CURVES[details?.namedCurve ?? ""];
  const isRsa = key.asymmetricKeyType === "rsa" && (details?.modulusLength ?? 0) >= 2048;
  if (key.type !== "private" || (!isRsa && curveHash === undefined)) {
    throw signingError("signature.key");
  }
  return curveHash ?? "sha256";
}
