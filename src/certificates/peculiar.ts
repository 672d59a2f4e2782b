import type { X509Certificate } from "@peculiar/x509";
import type { Certificate } from "./types.ts";

/**
 * The one door to @peculiar/x509. Loaded when asked for, because it takes longer to import than all
 * of this package; and only ever given bytes that our own reader has taken, never text: its PEM
 * expression takes exponential time, and its dates are wrong for forms that DER forbids.
 */
async function loadPeculiar(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata/lite");
  return await import("@peculiar/x509");
}

function derBytes(certificate: Certificate): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(certificate.derBase64), (character) => character.charCodeAt(0));
}

/**
 * The certificate as an object of @peculiar/x509, for what that library is good at: WebCrypto keys,
 * chains, its typed extensions. Take dates, serial number and key size from the {@link Certificate}.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificate, toPeculiar } from "samlcert/certificates";
 *
 * const x509 = await toPeculiar(parseCertificate(readFileSync("idp.pem")));
 * console.log(x509.subject);
 * ```
 */
export async function toPeculiar(certificate: Certificate): Promise<X509Certificate> {
  const { X509Certificate } = await loadPeculiar();
  return new X509Certificate(derBytes(certificate));
}

/**
 * True if the certificate's own key signed it. False also where the algorithm is not one that the
 * runtime's WebCrypto has. Says nothing about trust.
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
  try {
    const x509 = await toPeculiar(certificate);
    return await x509.verify({ publicKey: x509.publicKey, signatureOnly: true });
  } catch {
    return false;
  }
}
