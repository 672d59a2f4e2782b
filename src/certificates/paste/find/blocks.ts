import type { ReadingCode } from "../../issue.ts";
import { isBase64 } from "../../pem/base64.ts";
import type { BodyRange } from "../read/body.ts";
import type { Marker } from "./armour.ts";
import { startsRun } from "./bare.ts";

/** A place in the clean text where a certificate may be. */
export interface Candidate extends BodyRange {
  /** The start of its BEGIN line, or of the body without one. */
  readonly from: number;
  /** The end of its END line, or of the body. */
  readonly to: number;
  readonly label: string;
  readonly notes: readonly ReadingCode[];
  /** The X509Data that it is in, if any. */
  readonly group?: number | undefined;
}

/** Labels of certificates: RFC 7468 section 5.1 and appendix A, and OpenSSL's. */
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
    return [{ ...swapped, notes: [...swapped.notes, "pem.swapped_armour"] }];
  }
  const candidates: Candidate[] = [];
  let previous = start;
  let nested: Marker | undefined;
  markers.forEach((marker, i) => {
    const next = markers[i + 1];
    if (marker.kind === "end") {
      const closes = markers[i - 1]?.kind === "begin";
      // An END line without a BEGIN line: the body is the text before it, if any.
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
  const notes: ReadingCode[] = [];
  if (!begin.exact || (end !== undefined && !end.exact)) notes.push("pem.dash_variant");
  if (end === undefined) notes.push("pem.end_added");
  else if (end.label !== begin.label) notes.push("pem.labels_matched");
  if (nested !== undefined) notes.push("pem.nested_begin");
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
  const notes: ReadingCode[] = ["pem.begin_added", ...labelNotes(end.label)];
  if (!end.exact) notes.push("pem.dash_variant");
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

/** If only one of the two labels is that of a certificate, that one counts. */
function labelOf(begin: Marker, end: Marker | undefined): string {
  return end !== undefined && LABELS.includes(end.label) ? end.label : begin.label;
}

function labelNotes(label: string): ReadingCode[] {
  if (label === "CERTIFICATE" || label === "TRUSTED CERTIFICATE") return [];
  return [LABELS.includes(label) ? "pem.legacy_label" : "pem.label_corrected"];
}

function firstRun(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) if (startsRun(text, i)) return i;
  return start;
}
