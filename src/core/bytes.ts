const HEX: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

type Encoding = "base64" | "hex" | "latin1";

interface NativeView extends Uint8Array {
  toString(encoding?: Encoding, start?: number, end?: number): string;
}

/** The runtime's own codec, where it has one: several times faster than `atob`, `btoa` and loops. */
interface NativeBytes {
  new (...parts: never): NativeView;
  from(text: string, encoding: "base64"): Uint8Array;
  from(buffer: ArrayBufferLike, offset: number, length: number): NativeView;
}

const native: NativeBytes | undefined = (globalThis as { Buffer?: NativeBytes }).Buffer;

/** What the runtime's codec makes of `bytes` from `start` to `end`; undefined where it has none. */
function spell(
  bytes: Uint8Array,
  encoding: Encoding,
  start = 0,
  end: number = bytes.length,
): string | undefined {
  if (native === undefined) return undefined;
  // Making a view takes as long as spelling: what is one already is taken as it is.
  const view =
    bytes instanceof native ? bytes : native.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.toString(encoding, start, end);
}

/** Lower-case hex of `bytes` from `start` to `end`. */
export function toHex(bytes: Uint8Array, start?: number, end?: number): string {
  return (
    spell(bytes, "hex", start, end) ?? joinBytes(bytes, (byte) => HEX[byte] as string, start, end)
  );
}

/** One character for each of `bytes` from `start` to `end`. */
export function toLatin1(bytes: Uint8Array, start?: number, end?: number): string {
  return (
    spell(bytes, "latin1", start, end) ??
    joinBytes(bytes, (byte) => String.fromCharCode(byte), start, end)
  );
}

function joinBytes(
  bytes: Uint8Array,
  spelled: (byte: number) => string,
  start = 0,
  end: number = bytes.length,
): string {
  let text = "";
  for (let i = start; i < end; i++) text += spelled(bytes[i] as number);
  return text;
}

/** Base64 (RFC 4648 section 4) with padding and without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  return spell(bytes, "base64") ?? btoa(toLatin1(bytes));
}

/**
 * Bytes of base64 that is known, or will be checked, to be well-formed: what is wrong in it may be
 * skipped in silence.
 */
export function fromCleanBase64(text: string): Uint8Array | undefined {
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
