import { needCertificate } from "./argument.ts";
import { nativeVerdict, readingOf } from "./native-signature.ts";
import { webVerdict } from "./peculiar.ts";
import type { Certificate } from "./types.ts";

/**
 * True if the certificate's own key made its signature. Asks Web Cryptography, through @peculiar/x509,
 * where native cryptography cannot tell; undefined if neither can.
 */
export async function ownSignature(certificate: Certificate): Promise<boolean | undefined> {
  const reading = readingOf(certificate);
  return reading && (nativeVerdict(reading) ?? (await webVerdict(certificate)));
}

/**
 * True if the certificate's own key signed it; false also if the runtime does not have the algorithm.
 * Says nothing about trust.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificate, verifySelfSignature } from "samlcert/certificates";
 *
 * const certificate = parseCertificate(readFileSync("idp.pem"));
 * console.log(await verifySelfSignature(certificate));
 * ```
 */
export async function verifySelfSignature(certificate: Certificate): Promise<boolean> {
  needCertificate(certificate);
  return (await ownSignature(certificate)) === true;
}
