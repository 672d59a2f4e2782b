import type { SpelledBytes } from "./byte-list.ts";
import { windows1252Byte } from "./encoding.ts";

/** What a decoder of UTF-8 puts where it finds none: the byte that was there is lost. */
const REPLACEMENT = "\uFFFD";

/** DER that was read as UTF-8 begins so: the byte behind the first tag is the length, 0x81 to 0x83. */
export function isDerAsUtf8(text: string): boolean {
  return text.startsWith(`0${REPLACEMENT}`);
}

/** True if binary that was read as text is a private key, whatever was lost of it. */
export function hasKeyAsText(text: string): boolean {
  for (let i = 0; i >= 0; i = text.indexOf("\n0", i) + 1 || -1) {
    if (isKeyAsText(text.slice(i, i + LONGEST_HEAD))) return true;
  }
  return false;
}

const LONGEST_HEAD = 32;

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
