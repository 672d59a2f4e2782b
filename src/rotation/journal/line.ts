import { rotationError } from "../error.ts";
import { canonicalJson, sha256Hex } from "../plan/canonical.ts";
import { corrupt } from "../run/replay.ts";
import type { JournalRecord } from "./types.ts";

/** The digest before the first line. */
export const CHAIN_START: string = sha256Hex("samlcert.rotation-journal 1");

/** A line, and the digest that the next line is chained to. */
export interface Line {
  readonly text: string;
  readonly digest: string;
}

/**
 * One record as a JSON line. Its digest covers the line before as well, so a line that was changed,
 * moved or removed is noticed. It keeps out accidents, not an attacker.
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
 * and `end` is where it begins. Throws a `RotationError`: `journal.not_a_journal` unless the text
 * begins with a whole record, `journal.corrupt` for a later line that is none.
 */
export function readLines(text: string): {
  readonly records: readonly JournalRecord[];
  readonly digest: string;
  /** Length of the whole lines, in UTF-16 units. */
  readonly end: number;
} {
  const end = text.lastIndexOf("\n") + 1;
  if (end === 0 && text !== "") throw rotationError("journal.not_a_journal");
  const records: JournalRecord[] = [];
  let digest = CHAIN_START;
  for (const line of text.slice(0, end).split("\n").slice(0, -1)) {
    const number = records.length + 1;
    const read = readLine(line, digest);
    if (read === undefined && number === 1) throw rotationError("journal.not_a_journal");
    if (read === undefined) throw corrupt(`line ${number} is not a record`);
    if (!read.intact) throw corrupt(`line ${number} was altered or moved`);
    records.push(read.record);
    digest = read.digest;
  }
  return { records, digest, end };
}

/** Undefined for anything that is not a record, or is too deeply nested. */
function readLine(line: string, previous: string) {
  try {
    const value = Object(JSON.parse(line)) as JournalRecord & { readonly digest?: unknown };
    const { digest: claimed, ...record } = value;
    if (typeof claimed !== "string" || typeof value.type !== "string") return undefined;
    const digest = digestOf(record, previous);
    return { record, digest, intact: claimed === digest };
  } catch {
    return undefined;
  }
}
