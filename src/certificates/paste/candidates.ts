import type { CodeEntry } from "../../core/finding.ts";
import { isBase64 } from "../pem/base64.ts";
import type { Marker } from "./armour.ts";
import { base64Bytes } from "./base64-head.ts";
import type { BodyRange } from "./body.ts";
import { pemLegacyLabel, REPAIRS } from "./codes.ts";
import { derSize } from "./der-size.ts";

/** A place in the clean text where a certificate may be. */
export interface Candidate extends BodyRange {
  /** Where its BEGIN line starts, or the body if it has none. */
  readonly from: number;
  /** Where its END line ends, or the body. */
  readonly to: number;
  readonly label: string;
  readonly notes: readonly CodeEntry[];
}

/** Labels that stand for a certificate: RFC 7468 section 5.1 and appendix A, and OpenSSL's. */
export const LABELS: readonly string[] = [
  "CERTIFICATE",
  "X509 CERTIFICATE",
  "X.509 CERTIFICATE",
  "TRUSTED CERTIFICATE",
];

/** The candidates that BEGIN and END lines between two offsets enclose. */
export function candidatesOfMarkers(
  text: string,
  markers: readonly Marker[],
  start: number,
  end: number,
): Candidate[] {
  const [first, second] = markers;
  if (first?.kind === "end" && second?.kind === "begin" && markers.length === 2) {
    const swapped = enclosed(first, second, second.start, undefined);
    return [{ ...swapped, notes: [...swapped.notes, REPAIRS.swappedArmour] }];
  }
  const candidates: Candidate[] = [];
  let previous = start;
  let nested: Marker | undefined;
  markers.forEach((marker, i) => {
    const next = markers[i + 1];
    if (marker.kind === "end") {
      const closes = markers[i - 1]?.kind === "begin";
      // The END line of nothing: the body is what stands before it, if anything does.
      if (!closes && (candidates.length === 0 || !isEmpty(text, previous, marker.start))) {
        candidates.push(headless(text, previous, marker));
      }
      previous = marker.end;
    } else if (next?.kind === "begin" && isEmpty(text, marker.end, next.start)) {
      nested ??= marker;
    } else {
      const closed = next?.kind === "end" ? next : undefined;
      candidates.push(enclosed(marker, closed, next?.start ?? end, nested));
      nested = undefined;
      previous = marker.end;
    }
  });
  return candidates;
}

function isEmpty(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (isBase64(text.charCodeAt(i))) return false;
  return true;
}

function enclosed(
  begin: Marker,
  end: Marker | undefined,
  limit: number,
  nested: Marker | undefined,
): Candidate {
  const notes: CodeEntry[] = [];
  if (!begin.exact || (end !== undefined && !end.exact)) notes.push(REPAIRS.dashes);
  if (end === undefined) notes.push(REPAIRS.missingEnd);
  else if (end.label !== begin.label) notes.push(REPAIRS.labelMismatch);
  if (nested !== undefined) notes.push(REPAIRS.nestedBegin);
  const label = labelOf(begin, end);
  notes.push(...labelNotes(label));
  return {
    from: (nested ?? begin).start,
    start: begin.end,
    end: end?.start ?? limit,
    to: end?.end ?? limit,
    label,
    open: end === undefined,
    notes,
  };
}

function headless(text: string, previous: number, end: Marker): Candidate {
  const start = firstRun(text, previous, end.start);
  const notes = [REPAIRS.missingBegin, ...labelNotes(end.label)];
  if (!end.exact) notes.push(REPAIRS.dashes);
  return {
    from: start,
    start,
    end: end.start,
    to: end.end,
    label: end.label,
    open: false,
    notes,
  };
}

/** If only one of the two labels stands for a certificate, that one is believed. */
function labelOf(begin: Marker, end: Marker | undefined): string {
  return end !== undefined && LABELS.includes(end.label) ? end.label : begin.label;
}

function labelNotes(label: string): CodeEntry[] {
  if (label === "CERTIFICATE" || label === "TRUSTED CERTIFICATE") return [];
  return [LABELS.includes(label) ? pemLegacyLabel : REPAIRS.wrongLabel];
}

/** Shortest base64 that is worth decoding. */
const SHORTEST_RUN = 40;
/** Bytes that hold the tag and length of a DER element. */
const HEAD = 6;

/** The next place where base64 of DER begins: a SEQUENCE of 128 bytes and more is `MI`. */
export function nextRun(text: string, from: number): Candidate | undefined {
  for (let i = from; i < text.length; i++) {
    if (!startsRun(text, i)) continue;
    const characters = (derSize(base64Bytes(text, i, HEAD)) * 4) / 3;
    // White space and what joins strings take room, too.
    if (characters < SHORTEST_RUN) continue;
    const limit = Math.min(text.length, i + 4 * characters + SHORTEST_RUN);
    const run = runEnd(text, i, limit);
    // One wrong character, and then it goes on: that is a fault of the base64 and not its end.
    const end = run - i < characters && goesOn(text, run + 1) ? run + 1 : run;
    if (end - i < SHORTEST_RUN) continue;
    return {
      ...{ from: i, start: i, end, to: end, label: "", open: true },
      notes: [REPAIRS.noArmour],
    };
  }
  return undefined;
}

function goesOn(text: string, from: number): boolean {
  for (let i = from; i < from + HEAD; i++) if (!isBase64(text.charCodeAt(i))) return false;
  return true;
}

function startsRun(text: string, i: number): boolean {
  return text.startsWith("MI", i) && (i === 0 || !isBase64(text.charCodeAt(i - 1)));
}

function firstRun(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) if (startsRun(text, i)) return i;
  return start;
}

/** Base64, base64url, padding, white space and what joins strings. */
function runEnd(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && !isBase64(code) && !"=-_\"'`+,.;&\\".includes(text.charAt(i))) return i;
  }
  return end;
}
