import { toHex } from "../../../core/bytes.ts";
import {
  enter,
  follows,
  leave,
  OCTET_STRING,
  type Reader,
  read,
  readAny,
  SEQUENCE,
  skipRest,
} from "../../der/reader.ts";
import { decodeText } from "../../der/text.ts";
import {
  readFlag,
  readInteger,
  readNamedBits,
  readOid,
  readSmallInteger,
} from "../../der/values.ts";
import { purposeName } from "./purposes.ts";

/** Reads one element as plain data. Its name is for the path of a fault; a tag is one that is implicit. */
export type Decode = (reader: Reader, name: string | number, tag?: number) => unknown;

/** A field that is always there, or one that is there if its tag is. */
type Field = Decode | readonly [tag: number, decode: Decode];

/** SEQUENCE of named fields. What is not there, or has no plain form, is left out. */
export function record(fields: Readonly<Record<string, Field>>): Decode {
  const all = Object.entries(fields).map(([key, field]) =>
    typeof field === "function"
      ? { key, tag: undefined, decode: field }
      : { key, tag: field[0], decode: field[1] },
  );
  return (reader, name, tag = SEQUENCE) => {
    const outer = enter(reader, tag, name);
    const found: Record<string, unknown> = {};
    for (const field of all) {
      if (field.tag !== undefined && !follows(reader, field.tag)) continue;
      const value = field.decode(reader, field.key, field.tag);
      if (value !== undefined) found[field.key] = value;
    }
    leave(reader, outer);
    return found;
  };
}

/** SEQUENCE OF. */
export function list(decode: Decode): Decode {
  return (reader, name, tag = SEQUENCE) => {
    const items: unknown[] = [];
    const outer = enter(reader, tag, name);
    while (follows(reader)) items.push(decode(reader, items.length));
    leave(reader, outer);
    return items;
  };
}

/** SEQUENCE of which only the first element is told. */
export function first(key: string, decode: Decode): Decode {
  return (reader, name) => {
    const outer = enter(reader, SEQUENCE, name);
    const value = decode(reader, key);
    skipRest(reader);
    leave(reader, outer);
    return value;
  };
}

/** BIT STRING of flags: the names of those that are set. */
export function flags(written: string): Decode {
  const names = written.split(" ");
  return (reader, name, tag) => {
    const bits = readNamedBits(reader, name, tag);
    return names.filter((_, i) => bits[i] === true);
  };
}

export const oid: Decode = (reader, name) => readOid(reader, name);
export const purpose: Decode = (reader, name) => purposeName(readOid(reader, name));
export const flag: Decode = (reader, name) => readFlag(reader, name);
export const smallInteger: Decode = (reader, name) => readSmallInteger(reader, name);

/** An INTEGER of any size, in hex. */
export const integer: Decode = (reader, name, tag) => {
  readInteger(reader, name, tag);
  return toHex(reader.bytes, reader.start, reader.end);
};

/** OCTET STRING in hex. */
export const bytes: Decode = (reader, name, tag = OCTET_STRING) => {
  read(reader, tag, name);
  return toHex(reader.bytes, reader.start, reader.end);
};

/** A string of any type; undefined for what is none. */
export const string: Decode = (reader, name) => decodeText(readAny(reader, name), reader);

/** A value whose presence is its meaning. */
export const present: Decode = (reader, name) => {
  readAny(reader, name);
  return true;
};
