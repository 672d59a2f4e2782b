import { COMMON_OIDS, oidText } from "./oid.ts";
import {
  BIT_STRING,
  BOOLEAN,
  follows,
  INTEGER,
  latin1Of,
  OID,
  type Reader,
  read,
  refuse,
} from "./reader.ts";

/** Reads an INTEGER: its content bytes are `reader.start` to `reader.end`. */
export function readInteger(reader: Reader, name: string | number, tag: number = INTEGER): void {
  read(reader, tag, name);
  const { start, end } = reader;
  if (start === end) refuse(reader, "der.not_certificate", start, name);
  reader.checks?.integer?.(reader, name);
}

/** Reads an INTEGER that is small and not negative; -1 for any other. */
export function readSmallInteger(reader: Reader, name: string | number): number {
  readInteger(reader, name);
  const { bytes, start, end } = reader;
  if (end - start > 4 || (bytes[start] as number) >= 0x80) return -1;
  return unsigned(bytes, start, end);
}

/** The number of a few big-endian bytes. */
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
  if (!follows(reader, BOOLEAN)) return false;
  read(reader, BOOLEAN, name);
  const { bytes, start, end } = reader;
  if (end - start !== 1) refuse(reader, "der.not_certificate", start, name);
  reader.checks?.flag?.(reader, name);
  return bytes[start] !== 0;
}

/** Reads a BIT STRING of whole bytes: `reader.start` is the first one. */
export function readOctetBits(reader: Reader, name: string): void {
  readBits(reader, name);
  reader.checks?.octetBits?.(reader, name);
  reader.start++;
}

/** Reads the BIT STRING of a signature. */
export function readSignature(reader: Reader, name: string): void {
  readBits(reader, name);
  reader.checks?.signature?.(reader, name);
  reader.start++;
}

function readBits(reader: Reader, name: string): void {
  read(reader, BIT_STRING, name);
  const { bytes, start, end } = reader;
  if (start === end || (bytes[start] as number) > 7) {
    refuse(reader, "der.not_certificate", start, name);
  }
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
  reader.checks?.namedBits?.(reader, name);
  const bits: boolean[] = [];
  for (let i = 8; i < (end - start) * 8 - unused; i++) {
    bits.push(((bytes[start + (i >> 3)] as number) & (0x80 >> (i & 7))) !== 0);
  }
  return bits;
}
