import type { Reader } from "./reader.ts";
import {
  BMP_STRING,
  IA5_STRING,
  NUMERIC_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
  VISIBLE_STRING,
} from "./text.ts";

/** Bits for the types that contain an ASCII character. */
const ASCII = 1;
const NUMERIC = 2;
const PRINTABLE = 4;

/** The types of each byte (X.680 41.2 and 41.4). */
const TYPES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return (
    (byte < 0x80 ? ASCII : 0) |
    (/[ 0-9]/.test(character) ? NUMERIC : 0) |
    (/[A-Za-z0-9 '()+,\-./:=?]/.test(character) ? PRINTABLE : 0)
  );
});

function isAll({ bytes, start, end }: Reader, type: number): boolean {
  for (let i = start; i < end; i++) {
    if (((TYPES[bytes[i] as number] as number) & type) === 0) return false;
  }
  return true;
}

function isUtf8(reader: Reader): boolean {
  if (isAll(reader, ASCII)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(
      reader.bytes.subarray(reader.start, reader.end),
    );
    return true;
  } catch {
    return false;
  }
}

/** Code points of `width` bytes each, big-endian. */
function isWide({ bytes, start, end }: Reader, width: 2 | 4): boolean {
  for (let i = start; i < end; i += width) {
    let code = 0;
    for (let j = 0; j < width; j++) code = code * 256 + (bytes[i + j] as number);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return (end - start) % width === 0;
}

/** How a string conforms to its type: all mainstream parsers read over a wrong character. */
export type Conformance = "sound" | "wrong character" | "wrong encoding" | "no string";

/** Checks the string that was read last against its type (X.680 41). */
export function conformanceOf(tag: number, reader: Reader): Conformance {
  switch (tag) {
    case UTF8_STRING:
      return isUtf8(reader) ? "sound" : "wrong encoding";
    case BMP_STRING:
      return isWide(reader, 2) ? "sound" : "wrong encoding";
    case UNIVERSAL_STRING:
      return isWide(reader, 4) ? "sound" : "wrong encoding";
    case PRINTABLE_STRING:
      return isAll(reader, PRINTABLE) ? "sound" : "wrong character";
    case NUMERIC_STRING:
      return isAll(reader, NUMERIC) ? "sound" : "wrong character";
    case VISIBLE_STRING:
    case IA5_STRING:
      return isAll(reader, ASCII) ? "sound" : "wrong character";
    default:
      return tag === TELETEX_STRING ? "sound" : "no string";
  }
}
