import { isText, need } from "../core/argument.ts";
import type { PublicKey } from "./types.ts";

/**
 * The kind of a key for people: `RSA 2048 bits`, `EC P-256`, `ML-DSA-65`.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { keyText, parseCertificate } from "samlcert/certificates";
 *
 * console.log(keyText(parseCertificate(readFileSync("idp.pem")).publicKey));
 * ```
 */
export function keyText(key: PublicKey): string {
  need(
    () => isText(key.algorithm) && isText(key.curve ?? ""),
    "key",
    "the publicKey of a Certificate",
  );
  const { algorithm, bits, curve } = key;
  if (curve !== undefined) return `${algorithm} ${curve}`;
  return bits === undefined || algorithm.startsWith("Ed") ? algorithm : `${algorithm} ${bits} bits`;
}
