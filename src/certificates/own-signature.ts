import { nativeCrypto } from "../core/native-crypto.ts";
import type { Certificate } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";

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
