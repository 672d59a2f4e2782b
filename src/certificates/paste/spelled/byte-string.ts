import { beginsLikeDer, HEAD, type SpelledBytes } from "./byte-list.ts";

/** Upper bound on candidates, against hostile input. */
const MOST_TRIES = 2000;

/** An opening quote before a SEQUENCE: its tag is `0`, then a long length, or a short one and a version. */
const STARTS =
  /["'`](?=0(?:\\(?:x8|20|u008)|[\u0081-\u0083]|.\\(?:x02\\x01|002\\001|u0002\\u0001)))/g;

/** A character of a literal, in any form. */
const CHARACTER = /\\(?:x([\da-f]{2})|u([\da-f]{4})|([0-7]{1,3})|(.))|./gis;

/** The continuation of a literal in the next one. */
const JOINT = /^[ \t\r\n+.&_\\b]{0,40}/;

/**
 * Finds string literals of binary data, as Python, Go, Ruby, C and JSON write them: escapes for
 * unprintable bytes, and the characters themselves for printable ones.
 */
export function findByteStrings(text: string): SpelledBytes[] {
  const strings: SpelledBytes[] = [];
  let tries = 0;
  for (const { 0: quote, index } of text.matchAll(STARTS)) {
    if (index < (strings.at(-1)?.end ?? 0)) continue;
    if (++tries > MOST_TRIES) break;
    const head = readString(text, index + 1, quote, HEAD);
    if (beginsLikeDer(head.bytes)) strings.push(readString(text, index + 1, quote, text.length));
  }
  return strings;
}

/** Reads at most so many bytes. */
function readString(text: string, start: number, quote: string, most: number): SpelledBytes {
  const bytes: number[] = [];
  let end = start;
  for (const match of text.slice(start).matchAll(CHARACTER)) {
    const at = start + match.index;
    if (at < end) continue;
    if (bytes.length === most) break;
    end = at + match[0].length;
    if (match[0] !== quote) bytes.push(byteOf(match));
    else {
      const [joint = ""] = JOINT.exec(text.slice(end, end + 40)) ?? [];
      if (text.charAt(end + joint.length) !== quote) break;
      end += joint.length + 1;
    }
  }
  return { bytes: Uint8Array.from(bytes), start, end };
}

/** Letters of C's escapes, from 7 on. */
const LETTERS = "abtnvfr";

function byteOf([character, x, u, octal, letter]: RegExpExecArray): number {
  const hex = x ?? u;
  if (hex !== undefined) return Number.parseInt(hex, 16) & 0xff;
  if (octal !== undefined) return Number.parseInt(octal, 8) & 0xff;
  if (letter === undefined) return character.charCodeAt(0) & 0xff;
  if (letter === "e") return 27;
  return LETTERS.includes(letter) ? 7 + LETTERS.indexOf(letter) : letter.charCodeAt(0) & 0xff;
}
