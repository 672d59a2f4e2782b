import { fromCleanBase64 } from "../core/bytes.ts";
import { nativeCrypto } from "../core/native-crypto.ts";
import type { Certificate } from "./types.ts";
import { type CertificateReading, readCertificate } from "./x509/certificate.ts";

type Hash = "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

/** Curves on which keys are safe to give to every version of OpenSSL. */
const CURVES: readonly (string | undefined)[] = ["P-256", "P-384", "P-521"];

/** The hash of a signature; null if the algorithm has its own, undefined if it cannot be verified. */
function hashOf(certificate: Certificate, signer: Certificate): Hash | null | undefined {
  const { name } = certificate.signatureAlgorithm;
  const { algorithm, curve } = signer.publicKey;
  if (name === algorithm && algorithm.startsWith("Ed")) return null;
  const [, rsa] = /^(sha\d+)WithRSA(?:Encryption)?$/.exec(name) ?? [];
  if (rsa !== undefined && algorithm === "RSA") return rsa as Hash;
  const [, ec] = /^ecdsa-with-(SHA\d+)$/.exec(name) ?? [];
  if (ec === undefined || !CURVES.includes(curve)) return undefined;
  return ec.toLowerCase() as Hash;
}

/**
 * True if the signer's key, by default the certificate's own, made its signature, by native
 * cryptography; undefined if the runtime has none, or cannot verify this algorithm.
 */
export function nativeVerdict(
  reading: CertificateReading,
  signer: CertificateReading = reading,
): boolean | undefined {
  const { certificate, der, tbs, signature } = reading;
  const native = nativeCrypto();
  const hash = hashOf(certificate, signer.certificate);
  if (native === null || hash === undefined) return undefined;
  const bytesOf = ({ start, end }: { start: number; end: number }) => der.subarray(start, end);
  try {
    const publicKey = native.createPublicKey({
      key: signer.der.subarray(signer.key.spki.start, signer.key.spki.end),
      format: "der",
      type: "spki",
    });
    return native.verify(hash, bytesOf(tbs), publicKey, bytesOf(signature));
  } catch {
    // A key that OpenSSL does not accept, or a hash that the system's policy forbids.
    return undefined;
  }
}

/** True if the key of `signer` signed the certificate; undefined if that cannot be told here. */
export function isSignedBy(certificate: Certificate, signer: Certificate): boolean | undefined {
  const [reading, by] = [readingOf(certificate), readingOf(signer)];
  return reading && by && nativeVerdict(reading, by);
}

/** Undefined for a certificate that did not come from our reader. */
export function readingOf({ derBase64 }: Certificate): CertificateReading | undefined {
  try {
    return readCertificate(fromCleanBase64(derBase64) ?? new Uint8Array());
  } catch {
    return undefined;
  }
}
