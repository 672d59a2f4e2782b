type Algorithm = "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

/** The part of `node:crypto` that the layers below `signature/` use. */
interface NativeCrypto {
  hash?(algorithm: Algorithm, data: Uint8Array, encoding: "hex"): string;
  createPublicKey(key: { key: Uint8Array; format: "der"; type: "spki" }): object;
  verify(
    algorithm: Algorithm | null,
    data: Uint8Array,
    key: object,
    signature: Uint8Array,
  ): boolean;
}

interface Runtime {
  readonly process?: { getBuiltinModule?(id: "node:crypto"): NativeCrypto | undefined };
}

/** Memoised: the look-up takes as long as a short hash. Null if there is none. */
let native: NativeCrypto | null | undefined;

/**
 * The native, synchronous cryptography of Node, Bun and Deno; null elsewhere. Looked up by name instead
 * of imported, so that the same file loads in a browser; and only when it is used, because loading
 * takes time.
 */
export function nativeCrypto(): NativeCrypto | null {
  if (native === undefined) native = load();
  return native;
}

function load(): NativeCrypto | null {
  try {
    return (globalThis as Runtime).process?.getBuiltinModule?.("node:crypto") ?? null;
  } catch {
    // Edge runtimes have a `process` whose methods throw.
    return null;
  }
}
