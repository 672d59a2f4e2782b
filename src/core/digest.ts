import { sha1, sha256 } from "./sha.ts";

type Algorithm = "sha1" | "sha256";

interface NativeCrypto {
  hash?(algorithm: Algorithm, data: Uint8Array, encoding: "hex"): string;
}

interface Runtime {
  readonly process?: { getBuiltinModule?(id: "node:crypto"): NativeCrypto | undefined };
}

/** Memoised: the look-up takes as long as a short hash. Null if there is none. */
let native: NativeCrypto | null | undefined;

function loadNative(): NativeCrypto | null {
  try {
    return (globalThis as Runtime).process?.getBuiltinModule?.("node:crypto") ?? null;
  } catch {
    // Edge runtimes have a `process` whose methods throw.
    return null;
  }
}

/**
 * Native, synchronous hashing of Node, Bun and Deno. Looked up by name instead of imported, so that
 * the same file loads in a browser; and only on the first hash, because loading takes time.
 */
function nativeHash(algorithm: Algorithm, data: Uint8Array): string | undefined {
  if (native === undefined) native = loadNative();
  try {
    return native?.hash?.(algorithm, data, "hex");
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
