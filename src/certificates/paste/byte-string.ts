import { hexDigit, pairAt, type SpelledBytes } from "./byte-list.ts";

/**
 * Finds string literals of binary data, as Python, Go, Ruby, C and JSON write them: escapes for what
 * cannot be printed, and the characters themselves for what can. `0` is the tag of a SEQUENCE.
 */
export function findByteStrings(text: string): SpelledBytes[] {
  const strings: SpelledBytes[] = [];
  for (let i = 0; i < text.length; i++) {
    if (!isQuote(text.charCodeAt(i)) || !beginsLikeDer(text, i + 1)) continue;
    const string = readString(text, i + 1, text.charAt(i));
    strings.push(string);
    i = string.end;
  }
  return strings;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

/** The tag, and a length of more than one byte, or one byte of it and a version. */
function beginsLikeDer(text: string, i: number): boolean {
  if (text.charAt(i) !== "0") return false;
  const length = text.charCodeAt(i + 1);
  if (length === 0x5c || (length > 0x80 && length < 0x84)) return true;
  return VERSIONS.some((version) => text.startsWith(version, i + 2));
}

/** The INTEGER that a private key begins with. */
const VERSIONS = ["\\x02\\x01", "\\002\\001", "\\u0002\\u0001"];

function readString(text: string, start: number, quote: string): SpelledBytes {
  const bytes: number[] = [];
  let i = start;
  while (i < text.length) {
    const character = text.charAt(i);
    if (character === quote) {
      const next = nextLiteral(text, i + 1, quote);
      if (next < 0) break;
      i = next;
    } else if (character !== "\\") {
      bytes.push(text.charCodeAt(i) & 0xff);
      i++;
    } else i = readEscape(text, i + 1, bytes);
  }
  return { bytes: Uint8Array.from(bytes), start, end: i };
}

/** Behind the opening quote of a literal that goes on where another one ended; -1 if there is none. */
function nextLiteral(text: string, from: number, quote: string): number {
  let i = from;
  while (i < from + 40 && " \t\r\n+.&_\\b".includes(text.charAt(i) || "?")) i++;
  return text.charAt(i) === quote ? i + 1 : -1;
}

const LETTERS: Readonly<Record<string, number>> = {
  ...{ a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 },
};

/** Reads what stands behind a backslash; gives the offset after it. */
function readEscape(text: string, i: number, to: number[]): number {
  const letter = text.charAt(i);
  const pair = letter === "x" ? pairAt(text, i + 1) : letter === "u" ? pairAt(text, i + 3) : -1;
  if (pair >= 0) {
    to.push(pair);
    return i + (letter === "x" ? 3 : 5);
  }
  let value = 0;
  let end = i;
  for (; end < i + 3; end++) {
    const digit = hexDigit(text.charCodeAt(end));
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
  }
  to.push(end > i ? value & 0xff : (LETTERS[letter] ?? text.charCodeAt(i)));
  return Math.max(end, i + 1);
}
