import { decodeLatin1 } from "../../core/bytes.ts";
import { latin1Of, type Reader } from "./reader.ts";

export const UTF8_STRING = 0x0c;
export const NUMERIC_STRING = 0x12;
export const PRINTABLE_STRING = 0x13;
export const TELETEX_STRING = 0x14;
export const IA5_STRING = 0x16;
export const VISIBLE_STRING = 0x1a;
export const UNIVERSAL_STRING = 0x1c;
export const BMP_STRING = 0x1e;

/** Code points of `width` bytes each, big-endian. */
function wideText({ bytes, start, end }: Reader, width: 2 | 4): string {
  let text = "";
  for (let i = start; i + width <= end; i += width) {
    let code = 0;
    for (let j = 0; j < width; j++) code = code * 256 + (bytes[i + j] as number);
    const sound = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    text += sound ? String.fromCodePoint(code) : "\uFFFD";
  }
  return text;
}

/** Decodes the string that was read last, of the given tag; undefined where that is not a string's. */
export function decodeText(tag: number, reader: Reader): string | undefined {
  const { start, end } = reader;
  switch (tag) {
    case UTF8_STRING:
    case PRINTABLE_STRING:
    case NUMERIC_STRING:
    case VISIBLE_STRING:
    case IA5_STRING:
      return decodeLatin1(latin1Of(reader, start, end));
    case TELETEX_STRING:
      // T.61 in name only: every issuer that uses it writes Latin-1.
      return latin1Of(reader, start, end);
    case BMP_STRING:
      return wideText(reader, 2);
    case UNIVERSAL_STRING:
      return wideText(reader, 4);
    default:
      return undefined;
  }
}
