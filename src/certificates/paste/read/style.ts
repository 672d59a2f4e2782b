import type { ReadingCode } from "../../issue.ts";
import type { Candidate } from "../find/blocks.ts";
import type { BodyRange } from "./body.ts";

const COLUMNS = 64;

/** The differences of an armoured block from RFC 7468's strict form (section 3, figure 3). */
export function styleOf(text: string, candidate: Candidate): Set<ReadingCode> {
  const notes = new Set<ReadingCode>();
  const body = text.slice(candidate.start, candidate.end);
  if (/[\v\f]/.test(body)) notes.add("pem.vertical_space");
  if (body.includes("\r\n")) notes.add("pem.crlf");
  if (/\r(?!\n)/.test(body)) notes.add("pem.cr_only");
  if (/[\r\n]/.test(body)) addLineStyle(body, notes);
  else notes.add("pem.one_line");
  if (candidate.to === text.length) notes.add("pem.no_final_newline");
  return notes;
}

/** The start of the first line, except the last, whose length differs from the others. */
export function oddLine(text: string, { start, end }: BodyRange): number | undefined {
  const lines: Line[] = [];
  for (const { 0: line, index } of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
    const { length } = line.trim();
    if (length > 0) lines.push({ from: start + index, length });
  }
  const [first, second, third] = lines;
  const odd = lines.slice(0, -1).findIndex(({ length }) => length !== first?.length);
  // If the next two agree, the first one differs.
  const isFirst = odd === 1 && second?.length === third?.length;
  return lines[isFirst ? 0 : odd]?.from;
}

interface Line {
  readonly from: number;
  readonly length: number;
}

function addLineStyle(body: string, notes: Set<ReadingCode>): void {
  const lines = body.split(/\r\n|\r|\n/);
  // The remains of BEGIN and END lines.
  const inner = lines.slice(1, -1);
  const lastLine = lines.at(-1) ?? "";
  if (inner.some((line) => line.trim() === "")) notes.add("pem.blank_lines");
  if (lastLine !== "" || inner.some((line) => line !== line.trim())) notes.add("pem.indented");
  const lengths = inner.map((line) => line.trim().length).filter((length) => length > 0);
  const last = lengths.pop() ?? 0;
  if (last > COLUMNS || lengths.some((length) => length !== COLUMNS)) notes.add("pem.line_length");
}
