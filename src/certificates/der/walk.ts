import {
  BIT_STRING,
  BOOLEAN,
  follows,
  INTEGER,
  leave,
  OID,
  type Reader,
  readAny,
  refuse,
} from "./reader.ts";
import { readInteger, readOctetBits, readOid } from "./values.ts";

const CONSTRUCTED = 0x20;

/** Deeper than the parameters of any algorithm, and no danger to the stack. */
const MAX_DEPTH = 16;

/** Reads one element of any type with all its content, and refuses what is not DER. */
export function walk(reader: Reader, depth = 0): void {
  const at = reader.position;
  switch (reader.bytes[at]) {
    case INTEGER:
      readInteger(reader, "element");
      return;
    case BIT_STRING:
      readOctetBits(reader, "element");
      return;
    case OID:
      readOid(reader, "element");
      return;
  }
  const tag = readAny(reader, "element");
  if (tag === BOOLEAN && reader.end - reader.start !== 1) invalid(reader, at);
  if ((tag & CONSTRUCTED) === 0) return;
  if (depth === MAX_DEPTH) invalid(reader, at);
  const { limit } = reader;
  reader.path.push("element");
  reader.position = reader.start;
  reader.limit = reader.end;
  while (follows(reader)) walk(reader, depth + 1);
  leave(reader, limit);
}

function invalid(reader: Reader, at: number): never {
  return refuse(reader, "der.not_certificate", at, "element");
}
