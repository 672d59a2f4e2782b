import type { Body } from "./body.ts";

/** Characters of base64 that stand together. */
export interface Word {
  /** Offset into the clean text. */
  readonly at: number;
  readonly text: string;
}

const NONE: readonly Word[] = [];

/** The letters of base64; a plus that stands alone joins two strings. */
export const PLAIN: RegExp = /[A-Za-z0-9+/]{2,}|[A-Za-z0-9/]/g;
/** The letters of base64 and base64url. */
export const ANY: RegExp = /[\w+/-]+/g;

/** All words of a body in one alphabet; of an open one, as many as it says that it needs. */
export function wordsOf(text: string, body: Body, alphabet: RegExp): Word[] {
  const words: Word[] = [];
  const most = body.open && body.wanted > 0 ? body.wanted : Number.POSITIVE_INFINITY;
  let count = 0;
  for (const [word, index] of matches(text, body.start, body.end, alphabet)) {
    words.push({ at: index, text: word });
    count += word.length;
    if (count >= most) break;
  }
  return words;
}

function* matches(
  text: string,
  start: number,
  end: number,
  alphabet: RegExp,
): Generator<[word: string, at: number]> {
  for (const match of text.slice(start, end).matchAll(alphabet))
    yield [match[0], start + match.index];
}

/** With a plus for every blank. */
export function spacedWords(text: string, { start, end, wanted }: Body): readonly Word[] {
  const words: Word[] = [];
  let left = wanted;
  for (const [word, at] of matches(text, start, end, /[A-Za-z0-9+/ ]+/g)) {
    if (left === 0 && word.trim() !== "") return NONE;
    const part = word.slice(0, left).replaceAll(" ", "+");
    if (word.length > part.length && word.slice(left).trim() !== "") return NONE;
    if (part !== "") words.push({ at, text: part });
    left -= part.length;
  }
  return words;
}

/** Lines that are shorter do not tell where one ends. */
const SHORTEST_LINE = 16;
/** Longest text between two lines: the rest of a statement, a page break. */
const LONGEST_GAP = 300;

/** Numbers and white space differ from line to line. */
function shapeOf(gap: string): string {
  return gap.replaceAll(/[\s\d]+/g, " ");
}

/** Where the lines of a body are read from, and to. */
interface Lines {
  readonly words: Word[];
  width: number;
  left: number;
  /** What stood between the last two. */
  shape?: string;
  end: number;
}

/**
 * The words that are as long as the first, and the one for the rest: lines, whatever stands before,
 * between and behind them. With `onlyOnce`, without the repetitions among them.
 */
export function fullLines(text: string, body: Body, onlyOnce = false): readonly Word[] {
  const limit = body.open ? text.length : body.end;
  const lines: Lines = { words: [], width: 0, left: body.wanted, end: body.start };
  for (const [word, at] of matches(text, body.start, limit, PLAIN)) {
    lines.width ||= word.length;
    if (lines.width < SHORTEST_LINE || at - lines.end > LONGEST_GAP) break;
    const gap = shapeOf(text.slice(lines.end, at));
    const end = at + word.length;
    if (onlyOnce && word === lines.words.at(-1)?.text) lines.end = end;
    else if (isNext(lines, word, gap, body.open, text.slice(end, limit))) {
      if (lines.words.length > 0) lines.shape ??= gap;
      lines.words.push({ at, text: word });
      lines.left -= word.length;
      lines.end = end;
    } else if (isTooMuch(lines, word, gap, body.open)) return NONE;
  }
  return lines.words;
}

/** True if it goes on in the same manner with what is no line: something is wrong with the length. */
function isTooMuch({ left, shape }: Lines, word: string, gap: string, open: boolean): boolean {
  if (gap !== shape) return false;
  return word.length >= SHORTEST_LINE || (left === 0 && !open && /\D/.test(word));
}

/** Only between the lines of a block may be more than in front of the others. */
function isNext(lines: Lines, word: string, gap: string, open: boolean, after: string): boolean {
  const { width, left, shape = gap } = lines;
  if (word.length !== Math.min(width, left)) return false;
  return gap === shape || (!open && (left >= width || !hasLetters(after)));
}

/** Columns of RFC 7468 and of RFC 2045. */
const COLUMNS = [64, 76];

/** Lines with something between them that may consist of letters of base64: what stands before the first. */
export function periods(text: string, body: Body): readonly Word[] {
  const gap = body.lead.replace(/^[ \t]+/, "");
  if (body.open || gap === "" || gap.length > LONGEST_GAP) return NONE;
  return COLUMNS.map((columns) => periodsOf(text, body, gap, columns)).find(isFound) ?? NONE;
}

function isFound(words: readonly Word[]): boolean {
  return words.length > 0;
}

function periodsOf(
  text: string,
  { start, end, wanted }: Body,
  gap: string,
  columns: number,
): readonly Word[] {
  const words: Word[] = [];
  let left = wanted;
  let at = start;
  while (left > 0) {
    if (at > start && !text.startsWith(gap, at)) return NONE;
    if (at > start) at += gap.length;
    const word = text.slice(at, at + Math.min(columns, left));
    if (!/^[A-Za-z0-9+/]+$/.test(word)) return NONE;
    words.push({ at, text: word });
    left -= word.length;
    at += word.length;
  }
  return hasLetters(text.slice(at, end).replace(gap, "")) ? NONE : words;
}

function hasLetters(text: string): boolean {
  return /[A-Za-z0-9+/]/.test(text);
}
