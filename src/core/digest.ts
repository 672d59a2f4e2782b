import { nativeCrypto } from "./native-crypto.ts";
import { sha1, sha256 } from "./sha.ts";

/** The native hash; undefined if the runtime has none, or its policy forbids the algorithm. */
function nativeHash(algorithm: "sha1" | "sha256", data: Uint8Array): string | undefined {
  try {
    return nativeCrypto()?.hash?.(algorithm, data, "hex");
  } catch {
    // The policy of the system's OpenSSL may forbid SHA-1, even for a mere name.
    return undefined;
  }
}

/** SHA-256 in lower-case hex (FIPS 180-4). */
export function sha256Hex(data: Uint8Array): string {
  return nativeHash("sha256", data) ?? sha256(data);
}

/** SHA-1 in lower-case hex: for people to compare by eye, never a proof. */
export function sha1Hex(data: Uint8Array): string {
  return nativeHash("sha1", data) ?? sha1(data);
}
