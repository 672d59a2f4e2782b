import type { CodeEntry } from "../../core/finding.ts";
import { REPAIRS } from "./codes.ts";
import { MANGLED, substituteOf } from "./substitutes.ts";

/** A text with what typesetting and encoding did to it undone, and where each character came from. */
export interface CleanText {
  readonly text: string;
  /** The text that this one was made of; undefined for the original. */
  readonly before?: CleanText | undefined;
  /** Where parts of the text begin here, and where they began before, in ascending order. */
  readonly starts: readonly number[];
  readonly sources: readonly number[];
  /** Where each kind of change was made: offsets into the original. */
  readonly changes: ReadonlyMap<CodeEntry, readonly number[]>;
}

/** Escapes may be escaped again, as in JSON inside of JSON; deeper than this nobody goes. */
const MAX_ROUNDS = 4;

/** Undoes character-level mangling. One scan a round, and no round where there is nothing to undo. */
export function cleanText(original: string): CleanText {
  let clean: CleanText = { text: original, starts: [], sources: [], changes: new Map() };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = cleanOnce(clean);
    if (next === undefined) break;
    clean = next;
  }
  return clean;
}

/** Offset in the original text of a character of the clean one. */
export function originOf(clean: CleanText, offset: number): number {
  const { before, starts, sources } = clean;
  if (before === undefined) return offset;
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return originOf(before, (sources[low] as number) + offset - (starts[low] as number));
}

function cleanOnce(before: CleanText): CleanText | undefined {
  const { text } = before;
  const changes = new Map([...before.changes].map(([entry, offsets]) => [entry, [...offsets]]));
  const parts: string[] = [];
  const [starts, sources] = [[0], [0]];
  let length = 0;
  let from = 0;
  for (const match of text.matchAll(MANGLED)) {
    const substitute = substituteOf(match);
    if (substitute === undefined) continue;
    const entry =
      substitute.entry === REPAIRS.bom && match.index > 0 ? REPAIRS.invisible : substitute.entry;
    const offset = originOf(before, match.index);
    const offsets = changes.get(entry);
    if (offsets === undefined) changes.set(entry, [offset]);
    else offsets.push(offset);
    parts.push(text.slice(from, match.index), substitute.text);
    length += match.index - from + substitute.text.length;
    from = match.index + match[0].length;
    starts.push(length);
    sources.push(from);
  }
  if (parts.length === 0) return undefined;
  parts.push(text.slice(from));
  return { text: parts.join(""), before, starts, sources, changes };
}
