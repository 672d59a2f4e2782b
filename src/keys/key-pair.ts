import type { KeyObject } from "node:crypto";
import { kindOfDer } from "../certificates/kind.ts";
import { parseCertificate } from "../certificates/parse.ts";
import type { Certificate } from "../certificates/types.ts";
import { isText, isUint8Array, need } from "../core/argument.ts";
import { toLatin1 } from "../core/bytes.ts";
import { checkOptions } from "../core/options.ts";
import { keyError } from "./error.ts";
import { isKeyOf } from "./match.ts";
import { PASSPHRASE_KINDS, type PassphraseOptions } from "./passphrase.ts";
import { certificatesOfPkcs12 } from "./pkcs12.ts";
import { readPrivateKey } from "./read.ts";

/** A private key and its certificate, read from one file. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** The certificate that belongs to the key. */
  readonly certificate: Certificate;
  /** The other certificates of the file. */
  readonly others: readonly Certificate[];
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Reads a private key and its certificate from PKCS #12, or from PEM with both. Throws a `KeyError`, or a
 * `CertificateError` for a certificate that cannot be read.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { readKeyPair } from "samlcert/keys";
 *
 * function keyPair(file: string, passphrase: string) {
 *   return readKeyPair(readFileSync(file), { passphrase });
 * }
 * console.log(typeof keyPair);
 * ```
 */
export function readKeyPair(input: string | Uint8Array, options: PassphraseOptions = {}): KeyPair {
  need(() => isText(input) || isUint8Array(input), "input", "a string or a Uint8Array");
  checkOptions(options, PASSPHRASE_KINDS, "readKeyPair");
  const privateKey = readPrivateKey(input, options ?? {});
  const certificates = certificatesIn(input, options?.passphrase);
  const certificate = certificates.find((one) => isKeyOf(one, privateKey));
  if (certificate === undefined) throw keyError("keys.no_certificate");
  return { privateKey, certificate, others: certificates.filter((one) => one !== certificate) };
}

function certificatesIn(input: string | Uint8Array, passphrase?: string): readonly Certificate[] {
  if (!isText(input) && kindOfDer(input) === "pkcs12") {
    return certificatesOfPkcs12(input, passphrase).map((der) => parseCertificate(der));
  }
  const text = isText(input) ? input : toLatin1(input);
  return (text.match(PEM) ?? []).map((pem) => parseCertificate(pem));
}
