import { toHex, toLatin1 } from "../../core/bytes.ts";
import type { CodeEntry } from "../../core/finding.ts";
import { type Problem, problemError } from "../problem.ts";
import {
  derBerIndefinite,
  derNonMinimalLength,
  derNotCertificate,
  derNullContent,
  derTrailingData,
  derTruncated,
} from "./codes.ts";

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const NULL = 0x05;
export const OID = 0x06;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/**
 * A walk over DER (X.690). One mutable cursor for the whole walk, because allocating an object an
 * element would cost more than reading it.
 */
export interface Reader {
  readonly bytes: Uint8Array;
  /** One character a byte, where all of them are spelled out already; pieces are cut from it. */
  readonly latin1: string | undefined;
  /** A part of the bytes in hex, and where it begins; see {@link spellHex}. */
  hex: string;
  hexAt: number;
  /** Where the next element begins. */
  position: number;
  /** Where the element around it ends. */
  limit: number;
  /** The content of the element that was read last. */
  start: number;
  end: number;
  /** The ASN.1 names of the elements around; a number is an index, and an empty name is left out. */
  readonly path: (string | number)[];
  /** What a strict parser would refuse and this one could still read. */
  readonly defects: Problem[];
}

export function createReader(bytes: Uint8Array, latin1?: string): Reader {
  const end = bytes.length;
  return {
    bytes,
    latin1,
    hex: "",
    hexAt: 0,
    position: 0,
    limit: end,
    start: 0,
    end,
    path: [],
    defects: [],
  };
}

/** One character for each of some of the bytes. */
export function latin1Of({ bytes, latin1 }: Reader, start: number, end: number): string {
  return latin1 === undefined ? toLatin1(bytes, start, end) : latin1.slice(start, end);
}

/** Spells a part of the bytes in hex, for {@link hexOf} to cut pieces from: cheaper than one by one. */
export function spellHex(reader: Reader, start: number, end: number): void {
  reader.hex = toHex(reader.bytes, start, end);
  reader.hexAt = start;
}

/** Lower-case hex of some of the bytes. */
export function hexOf({ bytes, hex, hexAt }: Reader, start: number, end: number): string {
  const from = (start - hexAt) * 2;
  const to = (end - hexAt) * 2;
  return from >= 0 && to <= hex.length ? hex.slice(from, to) : toHex(bytes, start, end);
}

function pathText(reader: Reader, name: string | number | undefined): string {
  let text = "";
  for (const part of name === undefined ? reader.path : [...reader.path, name]) {
    if (typeof part === "number") text += `[${part}]`;
    else if (part !== "") text += text === "" ? part : `.${part}`;
  }
  return text;
}

/** A fault at `offset`, in the element `name` of the one that is open. */
export function problemAt(
  reader: Reader,
  entry: CodeEntry,
  offset: number,
  name?: string | number,
  message?: string,
): Problem {
  const path = pathText(reader, name);
  const place = path === "" ? `byte ${offset}` : `${path}, byte ${offset}`;
  return {
    entry,
    message: `${message ?? entry.summary} (${place})`,
    at: path === "" ? { offset } : { offset, path },
  };
}

/** Notes a fault that can be read past. */
export function note(
  reader: Reader,
  entry: CodeEntry,
  offset: number,
  name?: string | number,
  message?: string,
): void {
  reader.defects.push(problemAt(reader, entry, offset, name, message));
}

/** True if another element follows (of the given tag) in the one that is open. */
export function follows(reader: Reader, tag?: number): boolean {
  if (reader.position >= reader.limit) return false;
  return tag === undefined || reader.bytes[reader.position] === tag;
}

function failLength(reader: Reader, entry: CodeEntry, name: string | number): never {
  throw problemError(problemAt(reader, entry, reader.position, name));
}

/** The length in the long form (X.690 8.1.3.5), minimal as DER wants (10.1). */
function longLength(reader: Reader, name: string | number): number {
  const { bytes, position, limit } = reader;
  const count = (bytes[position + 1] as number) & 0x7f;
  if (count === 0) failLength(reader, derBerIndefinite, name);
  if (position + 2 + count > limit) failLength(reader, derTruncated, name);
  const first = bytes[position + 2] as number;
  if (first === 0 || (count === 1 && first < 0x80)) failLength(reader, derNonMinimalLength, name);
  // Four bytes of length are more than any input may have.
  if (count > 3) failLength(reader, derTruncated, name);
  let length = first;
  for (let i = 1; i < count; i++) length = length * 256 + (bytes[position + 2 + i] as number);
  reader.start = position + 2 + count;
  return length;
}

/** Reads one element of the given tag, and steps over it; its content is `start` to `end`. */
export function read(reader: Reader, tag: number, name: string | number): void {
  const { bytes, position, limit } = reader;
  if (position >= limit || bytes[position] !== tag) {
    throw problemError(missing(reader, tag, name));
  }
  if (position + 1 >= limit) failLength(reader, derTruncated, name);
  let length = bytes[position + 1] as number;
  if (length < 0x80) reader.start = position + 2;
  else length = longLength(reader, name);
  const end = reader.start + length;
  if (end > limit) failLength(reader, derTruncated, name);
  reader.end = end;
  reader.position = end;
}

function missing(reader: Reader, tag: number, name: string | number): Problem {
  const { bytes, position, limit } = reader;
  // Running out of the outermost element is a cut; out of an inner one, a missing field.
  if (position >= limit && limit === bytes.length)
    return problemAt(reader, derTruncated, position, name);
  const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
  const found = position >= limit ? "its end" : `tag ${hex(bytes[position] as number)}`;
  const message = `${derNotCertificate.summary} Tag ${hex(tag)} was expected, ${found} was found.`;
  return problemAt(reader, derNotCertificate, position, name, message);
}

/** Reads one element of any tag. */
export function readAny(reader: Reader, name: string | number): number {
  const tag = reader.position < reader.limit ? (reader.bytes[reader.position] as number) : SEQUENCE;
  read(reader, tag, name);
  if (tag === NULL && reader.end > reader.start) note(reader, derNullContent, reader.start, name);
  return tag;
}

/** Steps over what is left of the open element. */
export function skipRest(reader: Reader): void {
  while (follows(reader)) readAny(reader, "element");
}

/** Steps into an element; gives the limit that {@link leave} wants back. */
export function enter(reader: Reader, tag: number, name: string | number): number {
  read(reader, tag, name);
  const outer = reader.limit;
  reader.path.push(name);
  reader.position = reader.start;
  reader.limit = reader.end;
  return outer;
}

/** Steps out of an element, all of which should have been read. */
export function leave(reader: Reader, outer: number): void {
  const { position, limit } = reader;
  if (position < limit)
    note(reader, derTrailingData, position, undefined, trailing(limit - position));
  reader.path.pop();
  reader.position = limit;
  reader.limit = outer;
}

export function trailing(count: number): string {
  return `${count} ${count === 1 ? "byte follows" : "bytes follow"} the end of an element.`;
}
