import { toHex } from "../../core/bytes.ts";
import {
  BIT_STRING,
  enter,
  follows,
  leave,
  note,
  type Reader,
  readAny,
  SEQUENCE,
  SET,
} from "../der/reader.ts";
import { type DecodedText, decodeText, VISIBLE_STRING } from "../der/text.ts";
import { checkBits, readOid } from "../der/values.ts";
import type { DistinguishedName, NameAttribute } from "../types.ts";
import { ATTRIBUTE_TYPES } from "./attribute-types.ts";

/** Reads a Name (RFC 5280, 4.1.2.4), SEQUENCE OF RelativeDistinguishedName. */
export function readName(reader: Reader, name: string, tag: number = SEQUENCE): DistinguishedName {
  const attributes: NameAttribute[] = [];
  const outer = enter(reader, tag, name);
  for (let rdn = 0; follows(reader); rdn++) readRelativeName(reader, rdn, attributes);
  leave(reader, outer);
  return { text: nameText(attributes), attributes };
}

/** Reads one RelativeDistinguishedName, SET OF AttributeTypeAndValue. */
export function readRelativeName(
  reader: Reader,
  rdn: number,
  attributes: NameAttribute[],
  tag: number = SET,
): void {
  const outer = enter(reader, tag, rdn);
  let previous = -1;
  while (follows(reader)) {
    const at = reader.position;
    attributes.push(readAttribute(reader, rdn));
    if (previous >= 0 && compare(reader.bytes, previous, at, reader.position) > 0) {
      note(reader, "der.set_order", at);
    }
    previous = at;
  }
  leave(reader, outer);
}

/** X.690 11.6: the encodings of a SET OF ascend, the shorter one padded with zeros. */
function compare(bytes: Uint8Array, a: number, b: number, end: number): number {
  for (let i = 0; a + i < b && b + i < end; i++) {
    const difference = (bytes[a + i] as number) - (bytes[b + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function readAttribute(reader: Reader, rdn: number): NameAttribute {
  const outer = enter(reader, SEQUENCE, "attribute");
  const oid = readOid(reader, "type");
  const at = reader.position;
  const tag = readAny(reader, "value");
  const { start, end } = reader;
  const decoded = decodeText(tag, reader);
  if (decoded?.valid === false) note(reader, "der.string_charset", start, "value");
  if (!isNameType(tag, decoded)) note(reader, "der.string_type", start, "value");
  if (tag === BIT_STRING) checkBits(reader, "value");
  leave(reader, outer);
  // RFC 4514, 2.4: a value that is no string is given as # and the hex of its encoding.
  const value = decoded === undefined ? `#${toHex(reader.bytes, at, end)}` : decoded.text;
  return { oid, type: ATTRIBUTE_TYPES.get(oid) ?? oid, value, rdn };
}

/**
 * The strings of DirectoryString and the others that standard attributes have (RFC 5280, appendix A);
 * a UniqueIdentifier is a BIT STRING (X.520, 6.2.7), and a few old attributes are SEQUENCEs.
 */
function isNameType(tag: number, decoded: DecodedText | undefined): boolean {
  return decoded === undefined ? tag === BIT_STRING || tag === SEQUENCE : tag !== VISIBLE_STRING;
}

/** RFC 4514, 2.1: the last RDN first, the parts of one RDN joined by a plus sign. */
export function nameText(attributes: readonly NameAttribute[]): string {
  let text = "";
  let rdnText = "";
  attributes.forEach(({ type, value, rdn }, i) => {
    rdnText += `${rdnText === "" ? "" : "+"}${type}=${escapeValue(value)}`;
    if (attributes[i + 1]?.rdn === rdn) return;
    text = text === "" ? rdnText : `${rdnText},${text}`;
    rdnText = "";
  });
  return text;
}

/** RFC 4514, 2.4. Control characters too, so that a name cannot write to a terminal. */
function escapeValue(value: string): string {
  if (isPlain(value)) return value;
  let text = "";
  for (let i = 0; i < value.length; i++) {
    const character = value.charAt(i);
    const code = value.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) text += `\\${code.toString(16).padStart(2, "0")}`;
    else if ('"+,;<>\\'.includes(character) || isEdge(value, i, character))
      text += `\\${character}`;
    else text += character;
  }
  return text;
}

/** Nothing to escape: the usual case, and cheaper to see than to rebuild. */
function isPlain(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    // From the hyphen on all is plain but ; < > the backslash and DEL; below it, only inner spaces.
    if (code === 0x3b || code === 0x3c || code === 0x3e) return false;
    if (code === 0x5c || code === 0x7f) return false;
    if (code < 0x2d && (code !== 0x20 || i === 0 || i === value.length - 1)) return false;
  }
  return true;
}

function isEdge(value: string, i: number, character: string): boolean {
  if (character === " ") return i === 0 || i === value.length - 1;
  // A leading # of text; that of the hex form is ours, and a string that looks like it is escaped too.
  return character === "#" && i === 0 && !isHexForm(value);
}

function isHexForm(value: string): boolean {
  return (
    value.length > 4 &&
    value
      .slice(1)
      .split("")
      .every((c) => "0123456789abcdef".includes(c))
  );
}
