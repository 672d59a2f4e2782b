import { createPublicKey, type KeyObject } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import { readPrivateKey } from "../keys/read.ts";
import { isSamePublicKey } from "../keys/same-key.ts";
import { digestMethods, type SignatureMethod, signatureMethods } from "./algorithms.ts";
import { keysOf, type TrustedKey } from "./anchors.ts";
import { signingError } from "./error.ts";
import type { SignOptions } from "./sign.ts";

/** A key that may sign, with its certificate and algorithms. */
export interface Signer {
  readonly publicKey: KeyObject;
  /** Published in the signature; without it there is no KeyInfo. */
  readonly certificateBase64: string | undefined;
  readonly method: SignatureMethod;
  readonly signatureAlgorithm: string;
  readonly digestAlgorithm: string;
}

/** A key of this process. */
export interface LocalSigner extends Signer {
  readonly privateKey: KeyObject;
}

/** Reads the key and proves that the certificate belongs to it. */
export function signerOf({
  privateKey: given,
  certificate,
  ...algorithms
}: SignOptions): LocalSigner {
  const privateKey = isKeyObject(given) ? given : readPrivateKey(given);
  if (privateKey.type !== "private") {
    throw signingError("signature.key", { kind: `a ${privateKey.type} key` });
  }
  const usual = usualMethod(privateKey);
  const certified = certificateOf(certificate);
  if (!isSamePublicKey(certified.key, createPublicKey(privateKey))) {
    throw signingError("signature.key_mismatch");
  }
  return { privateKey, ...signerWith(certified, usual, algorithms) };
}

/** A signer whose private key is elsewhere. */
export function remoteSignerOf({
  certificate,
  ...algorithms
}: Omit<SignOptions, "privateKey">): Signer {
  const certified = certificateOf(certificate);
  return signerWith(certified, usualMethod(certified.key), algorithms);
}

function signerWith(
  { key: publicKey, certificate: certificateBase64 }: TrustedKey,
  usual: SignatureMethod,
  { hash, padding }: Pick<SignOptions, "hash" | "padding">,
): Signer {
  const isPss = padding === "pss";
  if (padding !== undefined && usual.kind !== "rsa" && !(isPss && usual.kind === "rsa-pss")) {
    throw signingError("signature.padding", { padding, kind: usual.kind });
  }
  const kind = usual.kind === "rsa" && isPss ? "rsa-pss" : usual.kind;
  const method = { kind, hash: hash ?? usual.hash };
  const [signatureAlgorithm] = [...signatureMethods].find(
    ([, one]) => one.kind === method.kind && one.hash === method.hash,
  ) as [string, SignatureMethod];
  const [digestAlgorithm] = [...digestMethods].find(([, name]) => name === method.hash) as [
    string,
    string,
  ];
  return { publicKey, certificateBase64, method, signatureAlgorithm, digestAlgorithm };
}

function isKeyObject(given: string | KeyObject): given is KeyObject {
  return (given as KeyObject | undefined)?.type !== undefined;
}

/** The end entity of a chain. */
function certificateOf(given: string | Certificate): TrustedKey {
  try {
    const [only, ...others] = keysOf(given);
    if (only !== undefined && others.length === 0) return only;
  } catch {}
  throw signingError("signature.certificate_unreadable");
}

/** The algorithm for a key; throws for a key that must not sign. */
function usualMethod(key: KeyObject): SignatureMethod {
  const { asymmetricKeyType, asymmetricKeyDetails = {} } = key;
  const { modulusLength = 0, namedCurve, hashAlgorithm = "sha256" } = asymmetricKeyDetails;
  if (asymmetricKeyType === "rsa" && modulusLength >= 2048) return { kind: "rsa", hash: "sha256" };
  if (asymmetricKeyType === "rsa-pss" && modulusLength >= 2048 && isHash(hashAlgorithm)) {
    return { kind: "rsa-pss", hash: hashAlgorithm };
  }
  if (namedCurve === "prime256v1") return { kind: "ec", hash: "sha256" };
  if (namedCurve === "secp384r1") return { kind: "ec", hash: "sha384" };
  const size = modulusLength > 0 ? ` with ${modulusLength} bits` : ` ${namedCurve ?? ""}`;
  throw signingError("signature.key", { kind: `${asymmetricKeyType}${size}`.trim() });
}

function isHash(name: string): name is "sha256" | "sha384" | "sha512" {
  return ["sha256", "sha384", "sha512"].includes(name);
}
