import type { Marker } from "./armour.ts";

/** How the lines of a block are told from what was put around them. */
export interface Layout {
  /** Before every line. */
  readonly prefix: string;
  /** Behind every line. */
  readonly suffix: string;
  /** Between the lines, where all is one. */
  readonly separator: string;
  /** The quote of the string that the block begins in; what is outside of such strings is code. */
  readonly quote: string;
}

export const BARE: Layout = { prefix: "", suffix: "", separator: "", quote: "" };

export const QUOTES = "\"'`";

/** The layout of the block between a BEGIN line and `end`. */
export function layoutOf(text: string, begin: Marker, end: number): Layout {
  const separator = separatorOf(text, begin.end, end);
  const quote = text.charAt(begin.start - 1);
  // Quotes tell better than the edges of lines what belongs to a string.
  if (quote !== "" && QUOTES.includes(quote)) return { ...BARE, separator, quote };
  const prefix = prefixOf(text, begin.start, begin.end);
  return { prefix, suffix: suffixOf(text, begin.end), separator, quote: "" };
}

/** Stands for a prefix that is the number of the line, which differs from line to line. */
const NUMBERED = "1";

/** The offset after the number of a line and what separates it from the text; `start` if there is none. */
function numberedPrefix(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && text.charAt(i) <= " ") i++;
  const digits = i;
  while (i < end && text.charAt(i) >= "0" && text.charAt(i) <= "9") i++;
  const separator = i;
  while (i < end && " \t:.|)".includes(text.charAt(i))) i++;
  return digits === separator || separator === i ? start : i;
}

/** Before a prefix of which only the length and the last character are the same in every line. */
const COLUMN = "\0";

/** The offset after the prefix that the lines of a block share; `start` where this line has it not. */
export function afterPrefix(text: string, start: number, end: number, prefix: string): number {
  if (prefix === "") return start;
  if (prefix.startsWith(COLUMN)) {
    const after = start + prefix.length - 1;
    return after <= end && text.charAt(after - 1) === prefix.at(-1) ? after : start;
  }
  if (prefix === NUMBERED) return numberedPrefix(text, start, end);
  if (text.startsWith(prefix, start)) return Math.min(start + prefix.length, end);
  // An empty line of a quotation has no blank behind its sign.
  const bare = prefix.trimEnd();
  return text.startsWith(bare, start) ? Math.min(start + bare.length, end) : start;
}

const LONGEST = 64;

/**
 * What stands before the BEGIN line on its own line and before the next one too: `> `, `# `,
 * `idp.pem:`, the number of the line or its time. White space and quotes have their own ways.
 */
function prefixOf(text: string, start: number, end: number): string {
  const prefix = text.slice(lineStart(text, start), start);
  const next = nextLine(text, end);
  if (prefix.trim() === "") {
    // A line that a diff takes out: its dash is the sixth of BEGIN.
    return text.startsWith("------B", start) && text.startsWith("-MI", next) ? "-" : "";
  }
  if (prefix.length > LONGEST || /["'`=]/.test(prefix)) return "";
  if (numberedPrefix(prefix, 0, prefix.length) === prefix.length) return NUMBERED;
  if (text.startsWith(prefix.trimEnd(), next)) return prefix;
  const body = next + prefix.length;
  return text.startsWith("MI", body) && text.charAt(body - 1) === prefix.at(-1)
    ? COLUMN + prefix
    : "";
}

/** The start of the line, or of what is too long to be a prefix. */
function lineStart(text: string, from: number): number {
  let i = from;
  while (i > 0 && i >= from - LONGEST && !isLineBreak(text.charCodeAt(i - 1))) i--;
  return i;
}

/** What stands behind BEGIN on its line and behind the next line too: `$`, `\u00B6`, ` |`, a comma. */
function suffixOf(text: string, end: number): string {
  const suffix = text.slice(end, shortLineEnd(text, end)).trim();
  if (suffix === "" || suffix.length > LONGEST) return "";
  const next = nextLine(text, end);
  const line = text.slice(next, shortLineEnd(text, next)).trimEnd();
  return line.endsWith(suffix) ? suffix : "";
}

/** Longer lines are none of a block that was printed with something around it. */
const LONGEST_LINE = 256;

function shortLineEnd(text: string, start: number): number {
  return lineEnd(text, start, Math.min(text.length, start + LONGEST_LINE));
}

/** What stands for the line breaks where all is one line: `;`, `/n`, `\u{a}`. */
function separatorOf(text: string, start: number, end: number): string {
  const body = text.slice(start, start + LONGEST);
  const separator = body.slice(0, Math.max(0, body.indexOf("MI")));
  const isOneLine = separator.trim() === separator && !separator.includes("\n");
  return isOneLine && text.endsWith(separator, end) ? separator : "";
}

/** Where a line ends, without its suffix. */
export function beforeSuffix(text: string, start: number, end: number, suffix: string): number {
  if (suffix === "") return end;
  let to = end;
  while (to > start && text.charCodeAt(to - 1) <= 32) to--;
  return text.endsWith(suffix, to) ? Math.max(start, to - suffix.length) : end;
}

export function lineEnd(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && !isLineBreak(text.charCodeAt(i))) i++;
  return i;
}

function nextLine(text: string, from: number): number {
  let i = shortLineEnd(text, from);
  while (i < text.length && isLineBreak(text.charCodeAt(i))) i++;
  return i;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}
