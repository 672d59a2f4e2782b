const HEX: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

type Encoding = "base64" | "hex" | "latin1" | "utf8";

interface NativeView extends Uint8Array {
  toString(encoding?: Encoding, start?: number, end?: number): string;
}

/** The runtime's own codec, if any: several times faster than `atob`, `btoa` and loops. */
interface NativeBytes {
  new (...parts: never): NativeView;
  from(text: string, encoding: "base64" | "latin1"): NativeView;
  from(buffer: ArrayBufferLike, offset: number, length: number): NativeView;
}

const native: NativeBytes | undefined = (globalThis as { Buffer?: NativeBytes }).Buffer;

/** Encodes `bytes` from `start` to `end` with the runtime's codec; undefined if there is none. */
function spell(
  bytes: Uint8Array,
  encoding: Encoding,
  start = 0,
  end: number = bytes.length,
): string | undefined {
  if (native === undefined) return undefined;
  // Creating a view takes as long as encoding, so an existing one is reused.
  const view =
    bytes instanceof native ? bytes : native.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.toString(encoding, start, end);
}

/** Lower-case hex of `bytes` from `start` to `end`. */
export function toHex(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  const spelled = spell(bytes, "hex", start, end);
  if (spelled !== undefined) return spelled;
  let text = "";
  for (let i = start; i < end; i++) text += HEX[bytes[i] as number];
  return text;
}

/** Below every engine's limit for spread arguments. */
const CHUNK = 8192;

/** One character for each of `bytes` from `start` to `end`. */
export function toLatin1(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  const spelled = spell(bytes, "latin1", start, end);
  if (spelled !== undefined) return spelled;
  let text = "";
  for (let i = start; i < end; i += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(i, Math.min(i + CHUNK, end)));
  }
  return text;
}

/** The bytes of a Latin-1 text. */
export function fromLatin1(latin1: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) bytes[i] = latin1.charCodeAt(i);
  return bytes;
}

/** Matches a byte that is not ASCII. */
export const HIGH: RegExp = /[\x80-\xff]/;

/** Decodes the UTF-8 bytes in a Latin-1 text. A byte order mark is kept. */
export function decodeLatin1(latin1: string): string {
  if (!HIGH.test(latin1)) return latin1;
  if (native !== undefined) return native.from(latin1, "latin1").toString("utf8");
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(fromLatin1(latin1));
}

/** Base64 (RFC 4648 section 4) with padding and without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  return spell(bytes, "base64") ?? btoa(toLatin1(bytes));
}

/** Decodes base64 that is checked before or after; malformed characters may be skipped silently. */
export function fromCleanBase64(text: string): Uint8Array | undefined {
  if (native !== undefined) return native.from(text, "base64");
  try {
    return fromLatin1(atob(text));
  } catch {
    return undefined;
  }
}

/** True if both contain the same bytes. Not for secrets: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
