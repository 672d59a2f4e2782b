import type { SpelledBytes } from "./byte-list.ts";
import { windows1252Byte } from "./encoding.ts";

/** What a decoder of UTF-8 puts where it finds none: the byte that was there is lost. */
const REPLACEMENT = "\uFFFD";

/** DER that was read as UTF-8 begins so: the byte behind the first tag is the length, 0x81 to 0x83. */
export function isDerAsUtf8(text: string): boolean {
  return text.startsWith(`0${REPLACEMENT}`);
}

/** Where binary that was read as text may begin: a line, or a string of source code. */
const STARTS = /(?:^|[\n"'])(?=0)/g;
/** Of more strings no heads are looked at. */
const MOST_STARTS = 100;
const LONGEST_HEAD = 32;

/** True if binary that was read as text is a private key, whatever was lost of it. */
export function hasKeyAsText(text: string): boolean {
  let count = 0;
  for (const { 0: before, index } of text.matchAll(STARTS)) {
    const start = index + before.length;
    if (isKeyAsText(text.slice(start, start + LONGEST_HEAD))) return true;
    const escaped = text.slice(start, start + 6 * LONGEST_HEAD);
    if (escaped.includes("\\") && ++count < MOST_STARTS && isKeyAsText(unescaped(escaped)))
      return true;
  }
  return false;
}

/** With the escapes of control characters undone. */
function unescaped(text: string): string {
  return text
    .replaceAll(/\\+(?:u00|x)([01][\da-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll(/\\+r/g, "\r");
}

/** Tag and length of a SEQUENCE, then a version; or an object identifier of PKCS #5 or #12 soon. */
function isKeyAsText(head: string): boolean {
  if (!head.startsWith("0")) return false;
  const version = head.indexOf("\u0002\u0001");
  const isVersioned = version >= 2 && version <= 4 && head.charCodeAt(version + 2) <= 3;
  return isVersioned || head.includes("\r\u0001\u0005") || head.includes("\r\u0001\u000c");
}

/** DER that was read as Latin-1 or Windows-1252, in which every byte is a character: nothing is lost. */
export function bytesOfBinaryText(text: string): SpelledBytes | undefined {
  const length = windows1252Byte(text.charCodeAt(1));
  if (text.charAt(0) !== "0" || length === undefined || length < 0x81 || length > 0x83)
    return undefined;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = windows1252Byte(text.charCodeAt(i));
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return { bytes, start: 0, end: text.length };
}
