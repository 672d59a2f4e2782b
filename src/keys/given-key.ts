import { createPublicKey, type KeyObject } from "node:crypto";
import { isObject, isText, isUint8Array, need } from "../core/argument.ts";
import type { Kind } from "../core/options.ts";
import { rsa, type WebAlgorithm } from "./algorithms.ts";
import { keyError } from "./error.ts";
import { readPrivateKey } from "./read.ts";
import type { WebKeyPair } from "./self-signed.ts";

/** A private key: a key of node:crypto, or text or bytes that `readPrivateKey` reads. */
export type GivenKey = string | Uint8Array | KeyObject;

export const KEY_KIND: Kind = {
  is: (value) => isText(value) || isUint8Array(value) || isKeyObject(value),
  name: "a string, a Uint8Array or a KeyObject",
};

/** The private key that a caller gave. */
export function keyGiven(given: GivenKey, passphrase?: string): KeyObject {
  if (!isKeyObject(given)) return readPrivateKey(given, { passphrase });
  need(() => given.type === "private", "privateKey", "a private key");
  return given;
}

function isKeyObject(given: unknown): given is KeyObject {
  return isObject(given) && isText((given as { readonly type?: unknown }).type);
}

const CURVES: Readonly<Record<string, WebAlgorithm>> = {
  prime256v1: { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" },
  secp384r1: { name: "ECDSA", hash: "SHA-384", namedCurve: "P-384" },
};

/** The key for Web Cryptography, which signs certificates and requests. */
export async function webKeyPair(privateKey: KeyObject): Promise<WebKeyPair> {
  const algorithm = algorithmOf(privateKey);
  const { subtle } = crypto;
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const keys = {
    privateKey: await subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
    publicKey: await subtle.importKey("spki", spki, algorithm, true, ["verify"]),
  };
  return { keys, algorithm };
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): WebAlgorithm {
  const { modulusLength = 0, namedCurve = "" } = asymmetricKeyDetails;
  if (asymmetricKeyType === "rsa" && modulusLength >= 2048) return rsa(modulusLength);
  const onCurve = CURVES[namedCurve];
  if (onCurve !== undefined) return onCurve;
  const size = modulusLength > 0 ? `with ${modulusLength} bits` : namedCurve;
  throw keyError("keys.algorithm", { kind: `${asymmetricKeyType} ${size}`.trim() });
}
