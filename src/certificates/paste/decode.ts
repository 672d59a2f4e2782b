import type { ReadingIssue } from "../issue.ts";

/** Bytes as text, and a note if the encoding was unusual. */
export interface DecodedInput {
  readonly text: string;
  readonly notes: readonly ReadingIssue[];
}

/** Decodes the bytes of a text file: UTF-8, UTF-16 with or without a mark, Windows-1252. */
export function decodeInput(bytes: Uint8Array): DecodedInput {
  const utf16 = utf16Order(bytes);
  if (utf16 !== undefined) {
    const even = bytes.subarray(0, bytes.length & ~1);
    return { text: new TextDecoder(utf16).decode(even), notes: [{ code: "pem.utf16" }] };
  }
  try {
    const utf8 = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
    return { text: utf8.decode(bytes), notes: [] };
  } catch {
    return { text: decodeWindows1252(bytes), notes: [] };
  }
}

/** Every other byte of ASCII in UTF-16 is zero; its position gives the byte order. */
function utf16Order(bytes: Uint8Array): "utf-16be" | "utf-16le" | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (bytes.length < 4) return undefined;
  let even = 0;
  let odd = 0;
  const sample = Math.min(bytes.length, 64) & ~1;
  for (let i = 0; i < sample; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (odd === sample / 2 && even === 0) return "utf-16le";
  return even === sample / 2 && odd === 0 ? "utf-16be" : undefined;
}

/** The characters of Windows-1252 from 0x80 to 0x9F; the others are those of Latin-1. */
const WINDOWS_1252 =
  "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

function decodeWindows1252(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252[byte - 0x80] : String.fromCharCode(byte);
  }
  return text;
}

/** The byte of a character of Latin-1 or Windows-1252; undefined for any other character. */
export function windows1252Byte(code: number): number | undefined {
  if (code < 0x100) return code;
  const index = WINDOWS_1252.indexOf(String.fromCharCode(code));
  return index < 0 ? undefined : 0x80 + index;
}
