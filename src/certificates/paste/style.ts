import type { CodeEntry } from "../../core/finding.ts";
import type { Candidate } from "./candidates.ts";
import { REPAIRS, STYLES } from "./codes.ts";
import { afterPrefix, beforeSuffix, type Layout, lineEnd } from "./line-edges.ts";

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
  else addLineStyle(body, candidate.layout, notes);
  return notes;
}

/** Where the first line of a body starts, but for the last, that is not as long as the others. */
export function oddLine(text: string, { start, end, layout }: Candidate): number | undefined {
  let first: Line | undefined;
  let odd: Line | undefined;
  let count = 0;
  for (let at = start; at < end; ) {
    const next = lineEnd(text, at, end);
    const from = at === start ? at : afterPrefix(text, at, next, layout.prefix);
    const to = beforeSuffix(text, from, next, layout.suffix);
    const { length } = text.slice(from, to).trim();
    at = next + 1;
    if (length === 0) continue;
    count++;
    if (first === undefined) first = { from, length };
    // Only a line that another one follows has to be full; where the next two agree, it is the first.
    else if (odd !== undefined) return count === 3 && length === odd.length ? first.from : odd.from;
    else if (length !== first.length) odd = { from, length };
  }
  return undefined;
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

/** What all lines have at their edges is no part of them: it has a repair of its own. */
function addLineStyle(body: string, { prefix, suffix }: Layout, notes: Set<CodeEntry>): void {
  const lines = body.split(/\r\n|\r|\n/).map((line) => {
    const from = afterPrefix(line, 0, line.length, prefix);
    return line.slice(from, beforeSuffix(line, from, line.length, suffix));
  });
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
