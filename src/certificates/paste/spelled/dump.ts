import { derSize } from "../../der/size.ts";
import { isText } from "../find/nested.ts";
import { beginsLikeInput, HEAD, type SpelledBytes } from "./byte-list.ts";

/** Most bytes of one row: the limit of `xxd -c`. */
const LONGEST_ROW = 256;

/** Upper bound on dumps in one paste. */
const MOST_DUMPS = 1000;

/** One line of a dump: its offset of four digits and more, and the rest of the line. */
const ROW = /^[ \t>|"]{0,16}(?:0x)?([\da-f]{4,16}):?[ \t]+(?:- )?([^\r\n]*)/gim;

/** Bytes in hex, one or more in a word. */
const WORD = /^(?:[\da-f]{2})+$/i;

/**
 * Finds the hex dumps of a text, from the row with offset 0 on: the output of `xxd`, `hexdump -C`,
 * `od -tx1`, PowerShell's `Format-Hex` and `certutil`, with or without the characters at the right.
 */
export function findDumps(text: string): SpelledBytes[] {
  const dumps: SpelledBytes[] = [];
  const bytes: number[] = [];
  let start = -1;
  let begun = 0;
  const rows = [...text.matchAll(ROW)];
  rows.forEach(({ 0: row, 1: offset = "", 2: words = "", index }, i) => {
    const at = Number.parseInt(offset, 16);
    if (at === 0 && ++begun <= MOST_DUMPS) {
      const head = bytesOf(words, HEAD);
      start = beginsLikeInput(head) || isText(head) ? index : -1;
    }
    if (start < 0) return;
    // In octal the difference is larger than the row, which then ends with its line.
    const size = Number.parseInt(rows[i + 1]?.[1] ?? "", 16) - at;
    bytes.push(...bytesOf(words, size > 0 ? Math.min(size, LONGEST_ROW) : LONGEST_ROW));
    if (size > 0) return;
    dumps.push({ bytes: withoutFill(Uint8Array.from(bytes)), start, end: index + endOf(row) });
    bytes.length = 0;
    start = -1;
  });
  return dumps;
}

/** The end of the last row: more text than the characters of a row is not part of it. */
function endOf(row: string): number {
  const [, bytes = "", rest = ""] =
    /^((?:[^\s]+[ \t]+){0,2}(?:[\da-f]+(?![\da-f]*\S)[ \t-]*)*)(.*)$/is.exec(row) ?? [];
  return rest.length > LONGEST_ROW ? bytes.length : row.length;
}

/** The bytes of one row, up to the characters at the right. */
function bytesOf(words: string, most: number): number[] {
  const bytes: number[] = [];
  for (const word of words.split(/[ \t-]+/)) {
    if (!WORD.test(word) || bytes.length >= most) break;
    for (let i = 0; i < word.length; i += 2) bytes.push(Number.parseInt(word.slice(i, i + 2), 16));
  }
  return bytes;
}

/** The last row may be padded, or continue into the characters at its right. */
function withoutFill(bytes: Uint8Array): Uint8Array {
  const size = derSize(bytes);
  return size > 0 && bytes.length > size && bytes.length < size + 16
    ? bytes.subarray(0, size)
    : bytes;
}
