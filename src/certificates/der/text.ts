import { latin1Of, type Reader } from "./reader.ts";

const UTF8_STRING = 0x0c;
const NUMERIC_STRING = 0x12;
const PRINTABLE_STRING = 0x13;
const TELETEX_STRING = 0x14;
const IA5_STRING = 0x16;
export const VISIBLE_STRING = 0x1a;
const UNIVERSAL_STRING = 0x1c;
const BMP_STRING = 0x1e;

/** A string of a certificate, and whether its characters are ones that its type has. */
export interface DecodedText {
  readonly text: string;
  readonly valid: boolean;
}

/** The characters of PrintableString that are no letters or digits (X.680 41.4). */
const PRINTABLE_PUNCTUATION = " '()+,-./:=?";

function isAlphanumeric(code: number): boolean {
  const lower = code | 0x20;
  return (code >= 48 && code <= 57) || (lower >= 97 && lower <= 122);
}

/** The content of the element that was read last, if it is ASCII. */
export function asciiText(reader: Reader): string | undefined {
  const { bytes, start, end } = reader;
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return undefined;
  return latin1Of(reader, start, end);
}

function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (!isAlphanumeric(text.charCodeAt(i)) && !PRINTABLE_PUNCTUATION.includes(text.charAt(i))) {
      return false;
    }
  }
  return true;
}

/** True if a string of ASCII has only characters of its type (X.680 41). */
function hasOnly(tag: number, text: string): boolean {
  if (tag === PRINTABLE_STRING) return isPrintable(text);
  return tag !== NUMERIC_STRING || !/[^ 0-9]/.test(text);
}

function utf8Text(bytes: Uint8Array, start: number, end: number): DecodedText {
  const octets = bytes.subarray(start, end);
  try {
    return {
      text: new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(octets),
      valid: true,
    };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(octets), valid: false };
  }
}

/** Code points of `width` bytes each, big-endian. */
function wideText(bytes: Uint8Array, start: number, end: number, width: 2 | 4): DecodedText {
  let text = "";
  let valid = (end - start) % width === 0;
  for (let i = start; i + width <= end; i += width) {
    let code = 0;
    for (let j = 0; j < width; j++) code = code * 256 + (bytes[i + j] as number);
    const sound = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (!sound) valid = false;
    text += sound ? String.fromCodePoint(code) : "\uFFFD";
  }
  return { text, valid };
}

/** Decodes the string that was read last, of the given tag; undefined where that is not a string's. */
export function decodeText(tag: number, reader: Reader): DecodedText | undefined {
  const { bytes, start, end } = reader;
  switch (tag) {
    case UTF8_STRING: {
      const ascii = asciiText(reader);
      return ascii === undefined ? utf8Text(bytes, start, end) : { text: ascii, valid: true };
    }
    case PRINTABLE_STRING:
    case NUMERIC_STRING:
    case VISIBLE_STRING:
    case IA5_STRING: {
      const ascii = asciiText(reader);
      if (ascii === undefined) return { ...utf8Text(bytes, start, end), valid: false };
      return { text: ascii, valid: hasOnly(tag, ascii) };
    }
    case TELETEX_STRING:
      // T.61 in name only: every issuer that uses it writes Latin-1.
      return { text: latin1Of(reader, start, end), valid: true };
    case BMP_STRING:
      return wideText(bytes, start, end, 2);
    case UNIVERSAL_STRING:
      return wideText(bytes, start, end, 4);
    default:
      return undefined;
  }
}
