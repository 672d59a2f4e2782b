const HEX: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Lower-case hex of `bytes` from `start` to `end`. */
export function toHex(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = "";
  for (let i = start; i < end; i++) text += HEX[bytes[i] as number];
  return text;
}

/** The runtime's own codec, where it has one: several times faster than `atob` and `btoa`. */
interface NativeBytes {
  from(text: string, encoding: "base64"): Uint8Array;
  from(
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
  ): { toString(encoding: "base64" | "hex" | "latin1"): string };
}

function nativeBytes(): NativeBytes | undefined {
  return (globalThis as { Buffer?: NativeBytes }).Buffer;
}

/** Base64 (RFC 4648 section 4) with padding and without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  const native = nativeBytes();
  if (native !== undefined) {
    return native.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  }
  return btoa(toLatin1(bytes));
}

function toLatin1(bytes: Uint8Array): string {
  let text = "";
  // In slices: the arguments of one call live on the stack.
  for (let i = 0; i < bytes.length; i += 0x2000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
  }
  return text;
}

/** The same bytes in three spellings, for readers that cut pieces out of them. */
export interface Spellings {
  readonly base64: string;
  readonly hex: string;
  /** One character a byte. */
  readonly latin1: string;
}

/** Spells bytes out once, which is cheaper than doing it for each piece. */
export function spell(bytes: Uint8Array): Spellings {
  const native = nativeBytes()?.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (native !== undefined) {
    return {
      base64: native.toString("base64"),
      hex: native.toString("hex"),
      latin1: native.toString("latin1"),
    };
  }
  return { base64: toBase64(bytes), hex: toHex(bytes), latin1: toLatin1(bytes) };
}

/**
 * Bytes of base64 that is known, or will be checked, to be well-formed: what is wrong in it may be
 * skipped in silence.
 */
export function fromCleanBase64(text: string): Uint8Array | undefined {
  const native = nativeBytes();
  if (native !== undefined) return native.from(text, "base64");
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** True if both hold the same bytes. Not for secrets: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
