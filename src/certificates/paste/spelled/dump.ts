import { derSize } from "../../der/size.ts";
import { isText } from "../find/nested.ts";
import { beginsLikeInput, HEAD, type SpelledBytes } from "./byte-list.ts";

/** Most bytes of one row: the limit of `xxd -c`. */
const LONGEST_ROW = 256;

/** Upper bound on dumps in one paste. */
const MOST_DUMPS = 1000;

/** Room for the words that tell how a dump is written. */
const LONGEST_HEAD = 40;

/** One line of a dump: its offset of four digits and more, and the rest of the line. */
const ROW = /^[ \t>|"]{0,16}(?:0x)?([\da-f]{4,16}):?[ \t]+(?:- )?([^\r\n]*)/gim;

/** How the words of a row are written, and the bytes of one. */
type Form = readonly [word: RegExp, bytes: (word: string) => number[]];

function pairs(word: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < word.length; i += 2) bytes.push(Number.parseInt(word.slice(i, i + 2), 16));
  return bytes;
}

const FORMS: readonly Form[] = [
  [/^(?:[\da-f]{2})+$/i, pairs],
  // Words of a little-endian machine: `hexdump`, and `od` without options or with -x.
  [/^(?:[\da-f]{4}){1,4}$/i, (word) => pairs(word).reverse()],
  [/^[01][0-7]{5}$/, (word) => [Number.parseInt(word, 8) & 0xff, Number.parseInt(word, 8) >> 8]],
  [/^[0-3][0-7]{2}$/, (word) => [Number.parseInt(word, 8)]],
  [/^\d{1,3}$/, (word) => [Number(word)]],
];

/**
 * Finds the dumps of a text, from the row with offset 0 on: the output of `xxd`, `hexdump`, `od`,
 * PowerShell's `Format-Hex` and `certutil`, with or without the characters at the right.
 */
export function findDumps(text: string): SpelledBytes[] {
  const dumps: SpelledBytes[] = [];
  const bytes: number[] = [];
  let form: Form | undefined;
  let start = 0;
  let begun = 0;
  const rows = [...text.matchAll(ROW)];
  rows.forEach(({ 0: row, 1: offset = "", 2: words = "", index }, i) => {
    const at = Number.parseInt(offset, 16);
    if (at === 0 && ++begun <= MOST_DUMPS) {
      start = index;
      const heads = FORMS.map((one) => bytesOf(words.slice(0, LONGEST_HEAD), one, HEAD));
      const first = heads.findIndex(beginsLikeInput);
      form = FORMS[first < 0 ? heads.findIndex(isText) : first];
    }
    if (form === undefined) return;
    // In octal the difference is larger than the row, which then ends with its line.
    const size = Number.parseInt(rows[i + 1]?.[1] ?? "", 16) - at;
    bytes.push(...bytesOf(words, form, size > 0 ? Math.min(size, LONGEST_ROW) : LONGEST_ROW));
    if (size > 0) return;
    dumps.push({ bytes: withoutFill(Uint8Array.from(bytes)), start, end: index + endOf(row) });
    bytes.length = 0;
    form = undefined;
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
function bytesOf(words: string, [word, read]: Form, most: number): number[] {
  const bytes: number[] = [];
  for (const one of words.split(/[ \t-]+/)) {
    if (!word.test(one) || bytes.length >= most) break;
    bytes.push(...read(one));
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
