import { toHex } from "../../../core/bytes.ts";
import {
  enter,
  follows,
  leave,
  OCTET_STRING,
  type Reader,
  read,
  SEQUENCE,
} from "../../der/reader.ts";
import { readInteger, readOid } from "../../der/values.ts";
import { type GeneralName, readGeneralName } from "../general-name.ts";

/** Reads SEQUENCE OF, or a list under another tag. */
export function readList<T>(
  reader: Reader,
  name: string,
  readItem: (reader: Reader, index: number) => T,
  tag: number = SEQUENCE,
): T[] {
  const items: T[] = [];
  const outer = enter(reader, tag, name);
  while (follows(reader)) items.push(readItem(reader, items.length));
  leave(reader, outer);
  return items;
}

/** Reads a SEQUENCE of which each element is one field of the result. */
export function readRecord<T>(
  reader: Reader,
  name: string | number,
  readFields: (reader: Reader) => T,
  tag: number = SEQUENCE,
): T {
  const outer = enter(reader, tag, name);
  const value = readFields(reader);
  leave(reader, outer);
  return value;
}

/** Reads a field that is there if its tag is. */
export function readOptional<T>(
  reader: Reader,
  tag: number,
  readItem: (reader: Reader, tag: number) => T,
): T | undefined {
  return follows(reader, tag) ? readItem(reader, tag) : undefined;
}

export function readHex(reader: Reader, tag: number = OCTET_STRING): string {
  read(reader, tag, "octets");
  return toHex(reader.bytes, reader.start, reader.end);
}

export function readIntegerHex(reader: Reader, tag?: number): string {
  readInteger(reader, "integer", tag);
  return toHex(reader.bytes, reader.start, reader.end);
}

export function readOids(reader: Reader, name: string): string[] {
  return readList(reader, name, (inner) => readOid(inner, "oid"));
}

export function readGeneralNames(reader: Reader, name: string, tag?: number): GeneralName[] {
  return readList(reader, name, readGeneralName, tag);
}
