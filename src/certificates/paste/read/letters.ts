import { isBase64 } from "../../pem/base64.ts";
import type { Body } from "./body.ts";

/** Base64 characters that were joined, and the offset after the last of them. */
export interface Letters {
  readonly text: string;
  readonly end: number;
}

interface Word {
  readonly at: number;
  readonly end: number;
}

const PLUS = 0x2b;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/** True for base64 and base64url. */
export function isAnyLetter(code: number): boolean {
  return isBase64(code) || code === DASH || code === UNDERSCORE;
}

function isLetterOrBlank(code: number): boolean {
  return isBase64(code) || code === 32;
}

/** The next run of base64 characters. */
function nextWord(
  text: string,
  from: number,
  end: number,
  isLetter: (code: number) => boolean,
): Word | undefined {
  let at = from;
  while (at < end && !isLetter(text.charCodeAt(at))) at++;
  if (at >= end) return undefined;
  let after = at + 1;
  while (after < end && isLetter(text.charCodeAt(after))) after++;
  // A separate plus joins two strings.
  const isJoint = isLetter === isBase64 && after === at + 1 && text.charCodeAt(at) === PLUS;
  return isJoint ? nextWord(text, after, end, isLetter) : { at, end: after };
}

/** All base64 of a body, up to one character too many; of an open body, up to the wanted length. */
export function lettersOf(
  text: string,
  { start, end, open, wanted }: Body,
  isLetter: (code: number) => boolean,
): Letters {
  const most = open ? wanted : wanted + 1;
  let last = start;
  let letters = "";
  for (let word = nextWord(text, start, end, isLetter); word; ) {
    letters += text.slice(word.at, word.end);
    last = word.end;
    word = letters.length < most ? nextWord(text, last, end, isLetter) : undefined;
  }
  return { text: letters, end: last };
}

/** The base64 with a plus for every space. */
export function lettersWithBlanks(text: string, body: Body): Letters {
  const { text: all, end } = lettersOf(text, { ...body, wanted: body.end }, isLetterOrBlank);
  const letters = all.slice(0, body.wanted);
  // Spaces after the last character may belong to the next part.
  const isWhole = all.slice(body.wanted).trim() === "" && !(body.open && letters.endsWith(" "));
  return { text: isWhole ? letters.replaceAll(" ", "+") : "", end };
}

/** Shorter lines do not tell where a line ends. */
const SHORTEST_LINE = 16;
/** Longest text between two lines: the rest of a statement, a page break. */
const LONGEST_GAP = 300;

/** The state of reading the lines of a body. */
interface Lines {
  text: string;
  previous: string;
  width: number;
  left: number;
  /** The text between the first two. */
  shape?: string;
  end: number;
}

/** Numbers and white space differ from line to line. */
function shapeOf(gap: string): string {
  return gap.replaceAll(/[\s\d]+/g, " ");
}

/**
 * The full lines and the last, shorter one, with any text before, between and after them. With `onlyOnce`,
 * a repeated line counts once.
 */
export function fullLines(text: string, body: Body, onlyOnce = false): Letters | undefined {
  const limit = body.open ? text.length : body.end;
  const lines: Lines = { text: "", previous: "", width: 0, left: body.wanted, end: body.start };
  for (
    let word = nextWord(text, body.start, limit, isBase64);
    word && word.at - lines.end <= LONGEST_GAP;
    word = nextWord(text, word.end, limit, isBase64)
  ) {
    const line = text.slice(word.at, word.end);
    lines.width ||= line.length;
    if (lines.width < SHORTEST_LINE) return undefined;
    const gap = shapeOf(text.slice(lines.end, word.at));
    if (onlyOnce && line === lines.previous) {
      lines.end = word.end;
      lines.previous = "";
    } else if (isNext(lines, line, gap, body.open, text.slice(word.end, limit))) {
      add(lines, line, gap, word.end);
    } else if (isTooMuch(lines, line, gap, body.open)) return undefined;
  }
  return lines;
}

function add(lines: Lines, line: string, gap: string, end: number): void {
  if (lines.text !== "") lines.shape ??= gap;
  lines.text += line;
  // A body without repeated lines has no further ones.
  if (lines.previous !== "" || lines.text === line) lines.previous = line;
  lines.left -= line.length;
  lines.end = end;
}

/** True if text in the form of a line follows that is none: the length is wrong. */
function isTooMuch({ left, shape }: Lines, word: string, gap: string, open: boolean): boolean {
  if (gap !== shape) return false;
  return word.length >= SHORTEST_LINE || (left === 0 && !open && /\D/.test(word));
}

/** True for the next line. Only in a block may the text before a line differ from that before the others. */
function isNext(lines: Lines, word: string, gap: string, open: boolean, after: string): boolean {
  const { width, left } = lines;
  if (word.length !== Math.min(width, left)) return false;
  // The last, shorter line needs the same text before it as the others.
  const shape = lines.shape ?? (left < width ? undefined : gap);
  return gap === shape || (!open && (left >= width || !hasLetters(after)));
}

function hasLetters(text: string): boolean {
  return /[A-Za-z0-9+/]/.test(text);
}

/** Columns of RFC 7468 and of RFC 2045. */
const COLUMNS = [64, 76];

/** Lines with text between them that can look like base64: the text before the first line. */
export function periods(text: string, body: Body): Letters | undefined {
  const gap = body.lead.replace(/^[ \t]+/, "");
  if (body.open || gap === "" || gap.length > LONGEST_GAP) return undefined;
  for (const columns of COLUMNS) {
    const letters = periodsOf(text, body, gap, columns);
    if (letters !== undefined) return letters;
  }
  return undefined;
}

function periodsOf(
  text: string,
  { start, end, wanted }: Body,
  gap: string,
  columns: number,
): Letters | undefined {
  let letters = "";
  let at = start;
  while (letters.length < wanted) {
    if (at > start && !text.startsWith(gap, at)) return undefined;
    if (at > start) at += gap.length;
    const line = text.slice(at, at + Math.min(columns, wanted - letters.length));
    if (!/^[A-Za-z0-9+/]+$/.test(line)) return undefined;
    letters += line;
    at += line.length;
  }
  return hasLetters(text.slice(at, end).replace(gap, "")) ? undefined : { text: letters, end: at };
}
