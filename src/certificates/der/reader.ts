import { toLatin1 } from "../../core/bytes.ts";
import type { Checks } from "./checks.ts";
import { DerFault, type DerIssue } from "./fault.ts";

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
  /** The start of the next element. */
  position: number;
  /** The end of the enclosing element. */
  limit: number;
  /** The content of the element that was read last. */
  start: number;
  end: number;
  /** The ASN.1 names of the elements around; a number is an index, and an empty name is left out. */
  readonly path: (string | number)[];
  /** The checks beyond the facts. */
  readonly checks: Partial<Checks> | undefined;
  /** The faults that a strict parser would refuse. */
  readonly issues: DerIssue[];
}

export function createReader(bytes: Uint8Array, latin1?: string, checks?: Partial<Checks>): Reader {
  const end = bytes.length;
  return {
    bytes,
    latin1,
    position: 0,
    limit: end,
    start: 0,
    end,
    path: [],
    checks,
    issues: [],
  };
}

/** One character for each of some of the bytes. */
export function latin1Of({ bytes, latin1 }: Reader, start: number, end: number): string {
  return latin1 === undefined ? toLatin1(bytes, start, end) : latin1.slice(start, end);
}

/** A fault at `offset`, in the element `name` of the one that is open. */
function issueAt(
  { path }: Reader,
  code: DerIssue["code"],
  offset: number,
  name?: string | number,
  facts?: Pick<DerIssue, "tags" | "count">,
): DerIssue {
  return { code, offset, path: name === undefined ? [...path] : [...path, name], ...facts };
}

/** Notes a fault that can be read past. */
export function note(
  reader: Reader,
  code: DerIssue["code"],
  offset: number,
  name?: string | number,
  facts?: Pick<DerIssue, "count">,
): void {
  reader.issues.push(issueAt(reader, code, offset, name, facts));
}

/** Ends the reading with a fault that cannot be read past. */
export function refuse(
  reader: Reader,
  code: DerIssue["code"],
  offset: number,
  name: string | number,
  facts?: Pick<DerIssue, "tags">,
): never {
  throw new DerFault(issueAt(reader, code, offset, name, facts));
}

/** True if another element follows (of the given tag) in the one that is open. */
export function follows(reader: Reader, tag?: number): boolean {
  if (reader.position >= reader.limit) return false;
  return tag === undefined || reader.bytes[reader.position] === tag;
}

/** The length in the long form (X.690 8.1.3.5). */
function longLength(reader: Reader, name: string | number): number {
  const { bytes, position, limit } = reader;
  const count = (bytes[position + 1] as number) & 0x7f;
  if (count === 0) refuse(reader, "der.ber_indefinite", position, name);
  const start = position + 2 + count;
  if (start > limit) refuse(reader, "der.truncated", position, name);
  let length = 0;
  for (let i = position + 2; i < start; i++) length = length * 256 + (bytes[i] as number);
  reader.checks?.length?.(reader, name, length);
  reader.start = start;
  return length;
}

/** Reads one element of the given tag, and steps over it; its content is `start` to `end`. */
export function read(reader: Reader, tag: number, name: string | number): void {
  const { bytes, position, limit } = reader;
  if (position >= limit || bytes[position] !== tag) {
    refuseTag(reader, tag, name);
  }
  if (position + 1 >= limit) refuse(reader, "der.truncated", position, name);
  let length = bytes[position + 1] as number;
  if (length < 0x80) reader.start = position + 2;
  else length = longLength(reader, name);
  const end = reader.start + length;
  if (end > limit) refuse(reader, "der.truncated", position, name);
  reader.end = end;
  reader.position = end;
}

function refuseTag(reader: Reader, tag: number, name: string | number): never {
  const { bytes, position, limit } = reader;
  // Running out of the outermost element is a cut; out of an inner one, a missing field.
  if (position >= limit && limit === bytes.length) {
    refuse(reader, "der.truncated", position, name);
  }
  const found = position >= limit ? undefined : (bytes[position] as number);
  refuse(reader, "der.not_certificate", position, name, { tags: [tag, found] });
}

/** Reads one element of any tag. */
export function readAny(reader: Reader, name: string | number): number {
  const tag = reader.position < reader.limit ? (reader.bytes[reader.position] as number) : SEQUENCE;
  read(reader, tag, name);
  reader.checks?.any?.(reader, tag, name);
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
  reader.checks?.rest?.(reader);
  reader.path.pop();
  reader.position = reader.limit;
  reader.limit = outer;
}
