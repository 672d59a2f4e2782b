import type { CodeEntry } from "../../core/finding.ts";
import { REPAIRS } from "./codes.ts";

/** Bytes as text, and what had to be done for it. */
export interface DecodedInput {
  readonly text: string;
  readonly notes: readonly CodeEntry[];
}

/** Decodes the bytes of a text file: UTF-8, UTF-16 with or without a mark, Windows-1252. */
export function decodeInput(bytes: Uint8Array): DecodedInput {
  const utf16 = utf16Order(bytes);
  if (utf16 !== undefined) {
    return { text: decodeUtf16(bytes, utf16), notes: [REPAIRS.utf16] };
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { text: text.includes("\uFFFD") ? decodeWindows1252(bytes) : text, notes: [] };
}

/** Every other byte of ASCII in UTF-16 is zero: which of them says the order. */
function utf16Order(bytes: Uint8Array): "be" | "le" | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "le";
  if (a === 0xfe && b === 0xff) return "be";
  if (bytes.length < 4) return undefined;
  let even = 0;
  let odd = 0;
  const sample = Math.min(bytes.length, 64) & ~1;
  for (let i = 0; i < sample; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (odd === sample / 2 && even === 0) return "le";
  return even === sample / 2 && odd === 0 ? "be" : undefined;
}

function decodeUtf16(bytes: Uint8Array, order: "be" | "le"): string {
  const high = order === "be" ? 0 : 1;
  const marked = (bytes[0] === 0xff || bytes[0] === 0xfe) && bytes.length > 1 ? 2 : 0;
  let text = "";
  for (let i = marked; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode(
      ((bytes[i + high] as number) << 8) | (bytes[i + 1 - high] as number),
    );
  }
  return text;
}

/** The bytes of Windows-1252 that are not those of Latin-1 and occur around certificates. */
const WINDOWS_1252: Readonly<Record<number, string>> = {
  133: "\u2026",
  145: "\u2018",
  146: "\u2019",
  147: "\u201C",
  148: "\u201D",
  150: "\u2013",
  151: "\u2014",
};

function decodeWindows1252(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += WINDOWS_1252[byte] ?? String.fromCharCode(byte);
  return text;
}
