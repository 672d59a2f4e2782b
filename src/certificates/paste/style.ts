import type { CodeEntry } from "../../core/finding.ts";
import type { BodyRange } from "./body.ts";
import type { Candidate } from "./candidates.ts";
import { REPAIRS, STYLES } from "./codes.ts";

const COLUMNS = 64;

/** How far an armoured block is from RFC 7468's strict form (section 3, figure 3). */
export function styleOf(text: string, candidate: Candidate): Set<CodeEntry> {
  const notes = new Set<CodeEntry>();
  const body = text.slice(candidate.start, candidate.end);
  if (body.includes("\v") || body.includes("\f")) notes.add(REPAIRS.verticalSpace);
  const breaks = countBreaks(body);
  if (breaks.crlf > 0) notes.add(STYLES.crlf);
  if (breaks.crOnly > 0) notes.add(REPAIRS.crOnly);
  if (breaks.crlf + breaks.crOnly + breaks.lf === 0) notes.add(REPAIRS.oneLine);
  else addLineStyle(body, notes);
  return notes;
}

/** Where the first line of a body starts, but for the last, that is not as long as the others. */
export function oddLine(text: string, { start, end }: BodyRange): number | undefined {
  const lines: Line[] = [];
  for (const { 0: line, index } of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
    const { length } = line.trim();
    if (length > 0) lines.push({ from: start + index, length });
  }
  const [first, second, third] = lines;
  const odd = lines.slice(0, -1).findIndex(({ length }) => length !== first?.length);
  // Where the next two agree, it is the first.
  const isFirst = odd === 1 && second?.length === third?.length;
  return lines[isFirst ? 0 : odd]?.from;
}

interface Line {
  readonly from: number;
  readonly length: number;
}

interface Breaks {
  lf: number;
  crlf: number;
  crOnly: number;
}

function countBreaks(body: string): Breaks {
  const breaks: Breaks = { lf: 0, crlf: 0, crOnly: 0 };
  for (let i = 0; i < body.length; i++) {
    const code = body.charCodeAt(i);
    if (code === 10) breaks.lf++;
    if (code !== 13) continue;
    if (body.charCodeAt(i + 1) === 10) {
      breaks.crlf++;
      i++;
    } else breaks.crOnly++;
  }
  return breaks;
}

function addLineStyle(body: string, notes: Set<CodeEntry>): void {
  const lines = body.split(/\r\n|\r|\n/);
  // What is left of the lines of BEGIN and END.
  const inner = lines.slice(1, -1);
  const lastLine = lines.at(-1) ?? "";
  if (inner.some((line) => line.trim() === "")) notes.add(REPAIRS.blankLines);
  if (lastLine !== "" || inner.some((line) => line !== line.trim())) notes.add(REPAIRS.indented);
  const lengths = inner.map((line) => line.trim().length).filter((length) => length > 0);
  const last = lengths.pop() ?? 0;
  if (last > COLUMNS || lengths.some((length) => length !== COLUMNS)) notes.add(STYLES.lineLength);
}

/** Text around the block, and the end of the file. */
export function surroundings(text: string, from: number, to: number): CodeEntry[] {
  const notes: CodeEntry[] = [];
  if (hasWords(text.slice(0, from))) notes.push(STYLES.textBefore);
  const after = text.slice(to);
  if (hasWords(after)) notes.push(STYLES.textAfter);
  else if (!after.includes("\n") && !after.includes("\r")) notes.push(STYLES.noFinalNewline);
  return notes;
}

/** More than white space and the quotes and brackets that something was copied with. */
function hasWords(text: string): boolean {
  for (const character of text) {
    if (!" \t\r\n\v\f\"'`,;()[]{}<>|#*-=".includes(character)) return true;
  }
  return false;
}
