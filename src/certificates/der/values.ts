import { COMMON_OIDS, oidText } from "./oid.ts";
import {
  BIT_STRING,
  BOOLEAN,
  INTEGER,
  latin1Of,
  note,
  OID,
  type Reader,
  read,
  refuse,
} from "./reader.ts";

/** Reads an INTEGER: its content octets are `reader.start` to `reader.end`. */
export function readInteger(reader: Reader, name: string | number, tag: number = INTEGER): void {
  read(reader, tag, name);
  const { bytes, start, end } = reader;
  if (start === end) refuse(reader, "der.not_certificate", start, name);
  // X.690 8.3.2: the first nine bits are neither all zero nor all one.
  const second = bytes[start + 1] as number;
  const superfluous = bytes[start] === 0 ? second < 0x80 : bytes[start] === 0xff && second >= 0x80;
  if (superfluous && end - start > 1) note(reader, "der.non_minimal_integer", start, name);
}

/** Reads an INTEGER that is small and not negative; -1 for any other. */
export function readSmallInteger(reader: Reader, name: string | number): number {
  readInteger(reader, name);
  const { bytes, start, end } = reader;
  if (end - start > 4 || (bytes[start] as number) >= 0x80) return -1;
  return unsigned(bytes, start, end);
}

/** The number that a few octets spell, the highest first. */
export function unsigned(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 256 + (bytes[i] as number);
  return value;
}

/** Reads an OBJECT IDENTIFIER as dotted text. */
export function readOid(reader: Reader, name: string | number, tag: number = OID): string {
  read(reader, tag, name);
  const { bytes, start, end } = reader;
  const text = COMMON_OIDS.get(latin1Of(reader, start, end)) ?? oidText(bytes, start, end);
  if (text === undefined) refuse(reader, "der.not_certificate", start, name);
  return text;
}

/** Reads a `BOOLEAN DEFAULT FALSE` that may be absent. */
export function readFlag(reader: Reader, name: string | number): boolean {
  if (reader.bytes[reader.position] !== BOOLEAN || reader.position >= reader.limit) return false;
  read(reader, BOOLEAN, name);
  const { bytes, start, end } = reader;
  if (end - start !== 1) refuse(reader, "der.not_certificate", start, name);
  const value = bytes[start] as number;
  if (value === 0) note(reader, "der.default_encoded", start, name);
  else if (value !== 0xff) note(reader, "der.boolean_not_canonical", start, name);
  return value !== 0;
}

/** Notes it if the BIT STRING that was read last does not end as it must (X.690 8.6.2 and 11.2.1). */
export function checkBits(reader: Reader, name: string | number): void {
  const { bytes, start, end } = reader;
  const unused = start < end ? (bytes[start] as number) : 8;
  const last = end - start > 1 ? (bytes[end - 1] as number) : 0xff;
  if (unused > 7 || (unused > 0 && last % 2 ** unused > 0)) {
    note(reader, "der.unused_bits", start, name);
  }
}

/** Reads a BIT STRING of whole octets: `reader.start` is its first one. */
export function readOctetBits(
  reader: Reader,
  name: string | number,
  tag: number = BIT_STRING,
): void {
  read(reader, tag, name);
  const { bytes, start, end } = reader;
  if (start === end || (bytes[start] as number) > 7) {
    refuse(reader, "der.not_certificate", start, name);
  }
  if (bytes[start] !== 0) note(reader, "der.unused_bits", start, name);
  reader.start = start + 1;
}

/** Reads a BIT STRING of named flags: true for each bit that is set. */
export function readNamedBits(
  reader: Reader,
  name: string | number,
  tag: number = BIT_STRING,
): boolean[] {
  read(reader, tag, name);
  const { bytes, start, end } = reader;
  const unused = bytes[start] as number;
  if (start === end || unused > 7 || (unused > 0 && end - start === 1)) {
    refuse(reader, "der.not_certificate", start, name);
  }
  const bits: boolean[] = [];
  for (let i = start + 1; i < end; i++) {
    for (let mask = 0x80; mask > 0; mask >>= 1) bits.push(((bytes[i] as number) & mask) !== 0);
  }
  // X.690 11.2: unused bits are zero, and the last used one is one.
  const used = bits.length - unused;
  if (bits.slice(used).includes(true) || (used > 0 && bits[used - 1] === false)) {
    note(reader, "der.unused_bits", start, name);
  }
  return bits.slice(0, used);
}
