import type { ReadingCode } from "../../issue.ts";
import { MAX_INPUT } from "../../limits.ts";
import { MANGLED, substituteOf } from "./substitutes.ts";
import { createPlain } from "./unicode.ts";

/** A text without the damage of typesetting and encoding, and the origin of each character. */
export interface CleanText {
  readonly text: string;
  /** The text that this one was made of; undefined for the original. */
  readonly before?: CleanText | undefined;
  /** The starts of parts in this text and in the text before, in ascending order. */
  readonly starts: readonly number[];
  readonly sources: readonly number[];
  /** The offsets of each kind of change, in the text before. */
  readonly changes: ReadonlyMap<ReadingCode, readonly number[]>;
}

/** Escapes may be escaped again, as in JSON inside JSON; real input is never nested deeper. */
export const MAX_ROUNDS = 4;

/** Undoes character-level damage. One scan per round, until nothing changes. */
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
  return clean.before === undefined ? offset : originOf(clean.before, originBefore(clean, offset));
}

/** Offset in the clean text of a character of the original, or of its replacement. */
export function cleanOffset(clean: CleanText, origin: number): number {
  let low = 0;
  let high = clean.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (originOf(clean, middle) < origin) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Offset of a character in the text before. */
function originBefore({ starts, sources }: CleanText, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return (sources[low] as number) + offset - (starts[low] as number);
}

/** The first change of each kind that was made between two offsets into the clean text. */
export function changesWithin(
  clean: CleanText,
  from: number,
  to: number,
): ReadonlyMap<ReadingCode, number> {
  const { before, changes } = clean;
  if (before === undefined) return new Map();
  const [start, end] = [originBefore(clean, from), originBefore(clean, to)];
  const found = new Map(changesWithin(before, start, end));
  for (const [code, offsets] of changes) {
    const first = offsets.find((at) => code === "pem.bom" || (at >= start && at < end));
    if (first !== undefined && !found.has(code)) found.set(code, originOf(before, first));
  }
  return found;
}

function cleanOnce(before: CleanText): CleanText | undefined {
  const { text } = before;
  const changes = new Map<ReadingCode, number[]>();
  const [starts, sources] = [[0], [0]];
  const plain = createPlain();
  let cleaned = "";
  let from = 0;
  for (const match of text.matchAll(MANGLED)) {
    const end = match.index + match[0].length;
    for (let i = Math.max(match.index, from); i < end; i = Math.max(i + 1, from)) {
      const substitute = substituteOf(match, i, plain);
      if (substitute === undefined) continue;
      const offsets = changes.get(substitute.code);
      if (offsets === undefined) changes.set(substitute.code, [i]);
      else offsets.push(i);
      cleaned += text.slice(from, i) + substitute.text;
      from = i + substitute.length;
      // A replacement of equal length moves nothing.
      if (substitute.text.length === substitute.length) continue;
      starts.push(cleaned.length);
      sources.push(from);
    }
  }
  // A replacement can be longer than the character.
  if (from === 0 || cleaned.length > MAX_INPUT) return undefined;
  return { text: cleaned + text.slice(from), before, starts, sources, changes };
}
