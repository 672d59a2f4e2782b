import { fromCleanBase64, toLatin1 } from "../core/bytes.ts";
import { xmlError } from "./error.ts";

/**
 * The reader works on UTF-8 in strings of one character per byte: its order is the order of code points,
 * by which canonicalisation sorts, and only what is asked for is decoded.
 */

/** The result of checking every byte of a stretch. */
export interface Survey {
  /** 1 for each 64 bytes that contain one beyond ASCII; undefined if all are ASCII. */
  high: Uint8Array | undefined;
  /** Line feeds. */
  lines: number;
  /** Offset of the first byte that XML 1.0 in UTF-8 does not allow; -1 if there is none. */
  invalidAt: number;
  /** True if that byte is invalid UTF-8; false if it is a character that XML does not allow. */
  isInvalidUtf8: boolean;
  /** Continuation bytes that are missing at the end. */
  due: number;
  /** The bounds of the next continuation byte (The Unicode Standard, table 3-7). */
  low: number;
  top: number;
  /** 2 after EF BF, which may become U+FFFE or U+FFFF. */
  nearNonCharacter: number;
}

/** Checks bytes, four at a time where all are printable ASCII: picking one entity is 2x faster. */
export function surveyBytes(bytes: Uint8Array): Survey {
  const survey: Survey = {
    high: undefined,
    lines: 0,
    invalidAt: -1,
    isInvalidUtf8: false,
    due: 0,
    low: 0x80,
    top: 0xbf,
    nearNonCharacter: 0,
  };
  const head = Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3);
  for (let i = 0; i < head; i++) look(survey, bytes, i);
  const count = (bytes.length - head) >> 2;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, count);
  for (let i = nextOdd(words, 0); i < count && survey.invalidAt < 0; ) {
    const at = head + (i << 2);
    for (let j = at; j < at + 4; j++) look(survey, bytes, j);
    i = survey.due > 0 ? i + 1 : nextOdd(words, i + 1);
  }
  for (let i = head + (count << 2); i < bytes.length; i++) look(survey, bytes, i);
  return survey;
}

/** The next word with a byte below 0x20 or above 0x7f. */
function nextOdd(words: Int32Array, from: number): number {
  let i = from;
  for (; i < words.length; i++) {
    const word = words[i] as number;
    if ((((word - 0x20202020) | word) & 0x80808080) !== 0) return i;
  }
  return i;
}

function look(survey: Survey, bytes: Uint8Array, at: number): void {
  const byte = bytes[at] as number;
  if (survey.due === 0 && byte < 0x80) {
    if (byte === 10) survey.lines++;
    else if (byte < 0x20 && byte !== 13 && byte !== 9) mark(survey, at, false);
    return;
  }
  survey.high ??= new Uint8Array((bytes.length >> 6) + 1);
  survey.high[at >> 6] = 1;
  if (survey.due === 0) lead(survey, byte, at);
  else follow(survey, byte, at);
}

function lead(survey: Survey, byte: number, at: number): void {
  survey.nearNonCharacter = byte === 0xef ? 1 : 0;
  survey.low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
  survey.top = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  if (byte >= 0xc2 && byte <= 0xdf) survey.due = 1;
  else if (byte >= 0xe0 && byte <= 0xef) survey.due = 2;
  else if (byte >= 0xf0 && byte <= 0xf4) survey.due = 3;
  else mark(survey, at, true);
}

function follow(survey: Survey, byte: number, at: number): void {
  if (byte < survey.low || byte > survey.top) mark(survey, at, true);
  survey.low = 0x80;
  survey.top = 0xbf;
  survey.due--;
  if (survey.nearNonCharacter === 0) return;
  if (survey.nearNonCharacter === 2 && byte >= 0xbe) mark(survey, at, false);
  survey.nearNonCharacter = byte === 0xbf ? 2 : 0;
}

function mark(survey: Survey, at: number, isEncoding: boolean): void {
  if (survey.invalidAt >= 0) return;
  survey.invalidAt = at;
  survey.isInvalidUtf8 = isEncoding;
}

/** `String.prototype.isWellFormed` is in every runtime that is supported, and not yet in the types. */
function isWellFormed(text: string): boolean {
  return (text as unknown as { isWellFormed: () => boolean }).isWellFormed();
}

/** UTF-8 of text. Throws `xml.character` for a lone surrogate, which would silently become U+FFFD. */
export function bytesFromText(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > text.length && !isWellFormed(text)) {
    const offset = text.search(/\p{Surrogate}/u);
    throw xmlError("xml.character", undefined, { offset });
  }
  return bytes;
}

const PIECE = 16_384;

/** True if every character is ASCII that XML allows. Allocates a piece only, not the whole text. */
export function isOrdinaryAscii(text: string): boolean {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(Math.min(PIECE, text.length));
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.slice(at, at + PIECE);
    const { read, written } = encoder.encodeInto(piece, bytes);
    if (read < piece.length || written > read) return false;
    const survey = surveyBytes(bytes.subarray(0, written));
    if (survey.high !== undefined || survey.invalidAt >= 0) return false;
  }
  return true;
}

/** The UTF-8 of text, one character per byte. */
export function encodeLatin1(text: string): string {
  if (!/[\x80-\uffff]/.test(text)) return text;
  return toLatin1(new TextEncoder().encode(text));
}

/** The bytes of base64 with white space; undefined if it is not base64. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const dense = text.replace(/[\t\n\r ]+/g, "");
  const isBase64 = dense.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(dense);
  return isBase64 ? fromCleanBase64(dense) : undefined;
}

/** True if `text` is at `at`. Comparing a slice is 4x faster than `startsWith`. */
export function standsAt(text: string, window: string, at: number): boolean {
  return window.slice(at, at + text.length) === text;
}

/** A copy of a slice, which does not keep its source in memory. */
export function detached(latin1: string): string {
  // V8 copies shorter slices anyway.
  if (latin1.length < 13) return latin1;
  return ` ${latin1}`.slice(1);
}
