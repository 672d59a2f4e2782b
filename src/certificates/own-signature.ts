import { fromCleanBase64 } from "../core/bytes.ts";
import { nativeCrypto } from "../core/native-crypto.ts";
import { needCertificate } from "./argument.ts";
import { webVerdict } from "./peculiar.ts";
import type { Certificate } from "./types.ts";
import { type CertificateReading, readCertificate } from "./x509/certificate.ts";

type Hash = "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

/** Curves on which keys are safe to give to every version of OpenSSL. */
const CURVES: readonly (string | undefined)[] = ["P-256", "P-384", "P-521"];

/** The hash of a signature; null if the algorithm has its own, undefined if it cannot be verified. */
function hashOf({ publicKey, signatureAlgorithm: { name } }: Certificate): Hash | null | undefined {
  const { algorithm, curve } = publicKey;
  if (name === algorithm && algorithm.startsWith("Ed")) return null;
  const [, rsa] = /^(sha\d+)WithRSA(?:Encryption)?$/.exec(name) ?? [];
  if (rsa !== undefined && algorithm === "RSA") return rsa as Hash;
  const [, ec] = /^ecdsa-with-(SHA\d+)$/.exec(name) ?? [];
  if (ec === undefined || !CURVES.includes(curve)) return undefined;
  return ec.toLowerCase() as Hash;
}

/**
 * True if the certificate's own key made its signature, by native cryptography; undefined if the runtime
 * has none, or cannot verify this algorithm.
 */
export function nativeVerdict(reading: CertificateReading): boolean | undefined {
  const { certificate, der, key, tbs, signature } = reading;
  const native = nativeCrypto();
  const hash = hashOf(certificate);
  if (native === null || hash === undefined) return undefined;
  const bytesOf = ({ start, end }: { start: number; end: number }) => der.subarray(start, end);
  try {
    const publicKey = native.createPublicKey({
      key: bytesOf(key.spki),
      format: "der",
      type: "spki",
    });
    return native.verify(hash, bytesOf(tbs), publicKey, bytesOf(signature));
  } catch {
    // A key that OpenSSL does not accept, or a hash that the system's policy forbids.
    return undefined;
  }
}

/**
 * True if the certificate's own key made its signature. Asks Web Cryptography, through @peculiar/x509,
 * where native cryptography cannot tell; undefined if neither can.
 */
export async function ownSignature(certificate: Certificate): Promise<boolean | undefined> {
  const reading = readingOf(certificate);
  return reading && (nativeVerdict(reading) ?? (await webVerdict(certificate)));
}

/** Undefined for a certificate that did not come from our reader. */
function readingOf({ derBase64 }: Certificate): CertificateReading | undefined {
  try {
    return readCertificate(fromCleanBase64(derBase64) ?? new Uint8Array());
  } catch {
    return undefined;
  }
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
