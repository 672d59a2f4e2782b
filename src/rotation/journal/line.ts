import { canonicalJson, sha256Hex } from "../canonical.ts";
import { corrupt } from "../replay.ts";
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
  const digest = sha256Hex(previous + canonicalJson(record));
  return { text: `${JSON.stringify({ ...record, digest })}\n`, digest };
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
  const records: JournalRecord[] = [];
  let digest = CHAIN_START;
  for (const line of text.slice(0, end).split("\n").slice(0, -1)) {
    const { digest: claimed, ...record } = parse(line, records.length + 1);
    digest = sha256Hex(digest + canonicalJson(record));
    if (claimed !== digest) throw corrupt(`Line ${records.length + 1} was altered or moved.`);
    records.push(record);
  }
  return { records, digest, end };
}

function parse(line: string, number: number): JournalRecord & { readonly digest?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && "type" in value) {
      return value as JournalRecord & { readonly digest?: unknown };
    }
  } catch {
    // Told below.
  }
  throw corrupt(`Line ${number} is not a record.`);
}
