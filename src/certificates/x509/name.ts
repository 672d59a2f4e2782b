import { toHex } from "../../core/bytes.ts";
import { enter, follows, leave, type Reader, readAny, SEQUENCE, SET } from "../der/reader.ts";
import { decodeText } from "../der/text.ts";
import { readOid } from "../der/values.ts";
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
  let at = -1;
  while (follows(reader)) {
    const previous = at;
    at = reader.position;
    attributes.push(readAttribute(reader, rdn));
    reader.checks?.order?.(reader, previous, at);
  }
  leave(reader, outer);
}

function readAttribute(reader: Reader, rdn: number): NameAttribute {
  const outer = enter(reader, SEQUENCE, "attribute");
  const oid = readOid(reader, "type");
  const at = reader.position;
  const tag = readAny(reader, "value");
  reader.checks?.nameValue?.(reader, tag);
  // RFC 4514, 2.4: a value that is no string is given as # and the hex of its encoding.
  const value = decodeText(tag, reader) ?? `#${toHex(reader.bytes, at, reader.end)}`;
  leave(reader, outer);
  return { oid, type: ATTRIBUTE_TYPES.get(oid) ?? oid, value, rdn };
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

/**
 * Characters that RFC 4514, 2.4 escapes, and control characters, so that a name cannot control a terminal.
 * A leading # stays if the whole looks like the hex form of a value that is not a string.
 */
const SPECIAL = /["+,;<>\\]|[^ -~\x80-\uffff]|^ | $|^#(?![0-9a-f]{4,}$)/g;

function escapeValue(value: string): string {
  return value.replace(SPECIAL, (character) => {
    const isControl = character < " " || character === "\x7f";
    return `\\${isControl ? character.charCodeAt(0).toString(16).padStart(2, "0") : character}`;
  });
}
