import { canonicalJson, sha256Hex } from "../plan/canonical.ts";
import { corrupt } from "../run/replay.ts";
import type { JournalRecord } from "./types.ts";

/** What the digest of the first line follows. */
export const CHAIN_START: string = sha256Hex("samlcert.rotation-journal 1");

/** A line, and the digest that the next line follows. */
export interface Line {
  readonly text: string;
  readonly digest: string;
}

/**
 * One record as a JSON line. Its digest covers the line before as well, so that a line that was
 * changed, moved or taken out is noticed. It keeps out accidents, not an attacker.
 */
export function writeLine(record: JournalRecord, previous: string): Line {
  const digest = digestOf(record, previous);
  return { text: `${JSON.stringify({ ...record, digest })}\n`, digest };
}

function digestOf(record: JournalRecord, previous: string): string {
  return sha256Hex(previous + canonicalJson(record));
}

/**
 * Reads lines back. A last line without its line feed is a write that was cut off: it never counted,
 * and `end` is where it begins. Throws a `RotationError` with code `journal.corrupt`.
 */
export function readLines(text: string): {
  readonly records: readonly JournalRecord[];
  readonly digest: string;
  /** Length of what counts, in UTF-16 units. */
  readonly end: number;
} {
  const end = text.lastIndexOf("\n") + 1;
  if (end === 0 && !isCutOff(text)) throw corrupt("It does not begin with a record.");
  const records: JournalRecord[] = [];
  let digest = CHAIN_START;
  for (const line of text.slice(0, end).split("\n").slice(0, -1)) {
    const number = records.length + 1;
    const read = readLine(line, digest);
    if (read === undefined) throw corrupt(`Line ${number} is not a record.`);
    if (!read.intact) throw corrupt(`Line ${number} was altered or moved.`);
    records.push(read.record);
    digest = read.digest;
  }
  return { records, digest, end };
}

const START = '{"type":"';

/** A first line that a crash cut off, or its room on the disk: any other file is not ours to cut. */
function isCutOff(text: string): boolean {
  return START.startsWith(text.slice(0, START.length)) || /^\0+$/.test(text);
}

/** Undefined for what is no record, or too deep to walk. */
function readLine(line: string, previous: string) {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
    const { digest: claimed, ...record } = value as JournalRecord & { readonly digest?: unknown };
    const digest = digestOf(record, previous);
    return { record, digest, intact: claimed === digest };
  } catch {
    return undefined;
  }
}
