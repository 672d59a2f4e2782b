import { createPublicKey, type KeyObject } from "node:crypto";
import { type GivenCertificate, signingCertificatesGiven } from "../certificates/given.ts";
import type { Certificate } from "../certificates/types.ts";
import { need } from "../core/argument.ts";
import { checkOptions } from "../core/options.ts";
import { type GivenKey, KEY_KIND, keyGiven } from "./given-key.ts";
import { PASSPHRASE_KINDS, type PassphraseOptions } from "./passphrase.ts";
import { isSamePublicKey } from "./same-key.ts";

/**
 * True if the certificate belongs to the private key. Throws for a certificate or a key that cannot be
 * read.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { keyMatches } from "samlcert/keys";
 *
 * console.log(keyMatches(readFileSync("sp.crt"), readFileSync("sp.key")));
 * ```
 */
export function keyMatches(
  certificate: GivenCertificate,
  privateKey: GivenKey,
  options: PassphraseOptions = {},
): boolean {
  need(() => KEY_KIND.is(privateKey), "privateKey", KEY_KIND.name);
  checkOptions(options, PASSPHRASE_KINDS, "keyMatches");
  const key = keyGiven(privateKey, options?.passphrase);
  return certificateOf(certificate).some((one) => isKeyOf(one, key));
}

/** The certificates at the end of their chains. */
function certificateOf(given: GivenCertificate): readonly Certificate[] {
  return signingCertificatesGiven(given, "certificate").map(({ certificate }) => certificate);
}

export function isKeyOf(certificate: Certificate, privateKey: KeyObject): boolean {
  try {
    return isSamePublicKey(createPublicKey(certificate.pem), createPublicKey(privateKey));
  } catch {
    // The runtime does not know the certificate's algorithm, so the key, which it read, has another.
    return false;
  }
}
