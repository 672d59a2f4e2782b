import type { Reader } from "../der/reader.ts";
import {
  BMP_STRING,
  IA5_STRING,
  NUMERIC_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
  VISIBLE_STRING,
} from "../der/text.ts";

/** Bits for the types that a character of ASCII is in. */
const ASCII = 1;
const NUMERIC = 2;
const PRINTABLE = 4;

/** By octet (X.680 41.2 and 41.4). */
const TYPES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  return (
    (octet < 0x80 ? ASCII : 0) |
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

/**
 * True if the string that was read last has only characters of its type (X.680 41); undefined where the
 * tag is not that of a string.
 */
export function hasItsCharacters(tag: number, reader: Reader): boolean | undefined {
  switch (tag) {
    case UTF8_STRING:
      return isUtf8(reader);
    case PRINTABLE_STRING:
      return isAll(reader, PRINTABLE);
    case NUMERIC_STRING:
      return isAll(reader, NUMERIC);
    case VISIBLE_STRING:
    case IA5_STRING:
      return isAll(reader, ASCII);
    case BMP_STRING:
      return isWide(reader, 2);
    case UNIVERSAL_STRING:
      return isWide(reader, 4);
    default:
      return tag === TELETEX_STRING ? true : undefined;
  }
}
