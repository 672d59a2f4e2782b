import type { CodeEntry } from "../../core/finding.ts";
import { base64BadPadding, base64DataAfterPadding, base64IllegalChar } from "./codes.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const SPACE = 64;
const PADDING = 65;

/** What each ASCII character stands for: a value below 64, white space, padding, or -1. */
const VALUES: Int8Array = /* @__PURE__ */ (() => {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i;
  for (const space of " \t\n\v\f\r") values[space.charCodeAt(0)] = SPACE;
  values["=".charCodeAt(0)] = PADDING;
  return values;
})();

/** Bytes, or the fault and where it is. */
export type Base64Result =
  | { readonly bytes: Uint8Array; readonly padBits: boolean; readonly fault?: undefined }
  | { readonly fault: CodeEntry; readonly offset: number };

/** Decodes base64 (RFC 4648 section 4) between two offsets; white space may be anywhere. */
export function decodeBase64(text: string, start: number, end: number): Base64Result {
  const bytes = new Uint8Array((((end - start) * 3) >> 2) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  let i = start;
  for (; i < end; i++) {
    const value = valueAt(text, i);
    if (value < 64) {
      if (value < 0) return { fault: base64IllegalChar, offset: i };
      bits = (bits << 6) | value;
      if ((++count & 3) === 0) {
        bytes[length] = bits >> 16;
        bytes[length + 1] = bits >> 8;
        bytes[length + 2] = bits;
        length += 3;
        bits = 0;
      }
    } else if (value === PADDING) break;
  }
  return finish(text, i, end, { bytes, length, bits, count });
}

function valueAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return code < 128 ? (VALUES[code] as number) : -1;
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly bits: number;
  readonly count: number;
}

/** The padding and the last one or two bytes. */
function finish(text: string, from: number, end: number, decoded: Decoded): Base64Result {
  const { bytes, bits, count, length } = decoded;
  const padding = readPadding(text, from, end);
  if (typeof padding !== "number") return padding;
  const rest = count & 3;
  if (rest === 1 || padding !== ((4 - rest) & 3)) return { fault: base64BadPadding, offset: from };
  if (rest === 0) return { bytes: bytes.subarray(0, length), padBits: false };
  bytes[length] = rest === 2 ? bits >> 4 : bits >> 10;
  bytes[length + 1] = bits >> 2;
  const padBits = (bits & (rest === 2 ? 15 : 3)) !== 0;
  return { bytes: bytes.subarray(0, length + rest - 1), padBits };
}

/** How many padding characters there are; only white space may be among them. */
function readPadding(text: string, from: number, end: number): number | Base64Result {
  let padding = 0;
  for (let i = from; i < end; i++) {
    const value = valueAt(text, i);
    if (value === PADDING) padding++;
    else if (value !== SPACE) {
      return { fault: value < 0 ? base64IllegalChar : base64DataAfterPadding, offset: i };
    }
  }
  return padding;
}

/** True for a character of the alphabet (not white space, not padding). */
export function isBase64(code: number): boolean {
  return code < 128 && (VALUES[code] as number) >= 0 && (VALUES[code] as number) < 64;
}
