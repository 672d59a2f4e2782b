import { sha1, sha256 } from "./sha.ts";

type Algorithm = "sha1" | "sha256";

interface NativeCrypto {
  hash?(algorithm: Algorithm, data: Uint8Array, encoding: "hex"): string;
}

interface Runtime {
  readonly process?: { getBuiltinModule?(id: "node:crypto"): NativeCrypto | undefined };
}

/** Looked up once: the look-up takes as long as a short hash. Null where there is none. */
let native: NativeCrypto | null | undefined;

/**
 * Node, Bun and Deno hash synchronously in native code. Asked for by name, and not imported, so that
 * the same file loads in a browser; and only when something is hashed, because loading it takes time.
 */
function nativeHash(algorithm: Algorithm, data: Uint8Array): string | undefined {
  if (native === undefined)
    native = (globalThis as Runtime).process?.getBuiltinModule?.("node:crypto") ?? null;
  try {
    return native?.hash?.(algorithm, data, "hex");
  } catch {
    // The policy of the system's OpenSSL may forbid SHA-1, also for what proves nothing.
    return undefined;
  }
}

/** SHA-256 in lower-case hex (FIPS 180-4). */
export function sha256Hex(data: Uint8Array): string {
  return nativeHash("sha256", data) ?? sha256(data);
}

/** SHA-1 in lower-case hex: a name that people compare by eye, never a proof. */
export function sha1Hex(data: Uint8Array): string {
  return nativeHash("sha1", data) ?? sha1(data);
}
