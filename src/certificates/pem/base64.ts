import { fromCleanBase64, toBase64 } from "../../core/bytes.ts";
import type { ReadingCode } from "../issue.ts";

/** Bytes, or the fault and where it is. */
export type Base64Result =
  | { readonly bytes: Uint8Array; readonly padBits: boolean; readonly fault?: undefined }
  | { readonly fault: ReadingCode; readonly offset: number };

/** Characters that are not base64, and any that follow its padding. */
const FAULTS: readonly (readonly [ReadingCode, RegExp])[] = [
  ["base64.illegal_char", /[^A-Za-z0-9+/=\s]/],
  ["base64.data_after_padding", /(?<==\s*)[^=\s]/],
];

/** Decodes base64 (RFC 4648 section 4) between two offsets; white space may be anywhere. */
export function decodeBase64(text: string, start: number, end: number): Base64Result {
  const given = text.slice(start, end);
  const clean = given.replaceAll(/\s+/g, "");
  const bytes = fromCleanBase64(clean);
  // The runtime's decoder may skip faults in silence: only what it encodes to the same is sound.
  if (bytes !== undefined && toBase64(bytes) === clean) return { bytes, padBits: false };
  for (const [fault, sign] of FAULTS) {
    const at = given.search(sign);
    if (at >= 0) return { fault, offset: start + at };
  }
  const letters = clean.replace(/=+$/, "");
  const isPadded = clean.length % 4 === 0 && clean.length - letters.length < 3;
  if (bytes !== undefined && isPadded) return { bytes, padBits: true };
  return { fault: "base64.bad_padding", offset: start + given.search(/=|\s*$/) };
}

/** True for a character of the alphabet (not white space, not padding). */
export function isBase64(code: number): boolean {
  if (code < 0x41) return code >= 0x2f ? code <= 0x39 : code === 0x2b;
  return code <= 0x5a || (code >= 0x61 && code <= 0x7a);
}
