import { hexDigit, pairAt, type SpelledBytes } from "./byte-list.ts";
import { derSize } from "./der-size.ts";

/** Most bytes of one row; `xxd -c` and `od -w` go beyond it only when told to. */
const LONGEST_ROW = 256;

/** One line of a dump: its offset, and where its bytes begin. */
interface Row {
  readonly offset: number;
  readonly at: number;
}

/**
 * Finds the hex dumps of a text, from the row with offset 0 on: what `xxd`, `hexdump`, `od -tx1`,
 * PowerShell's `Format-Hex` and `certutil` print, with or without the characters at the right.
 */
export function findDumps(text: string): SpelledBytes[] {
  const dumps: SpelledBytes[] = [];
  for (let i = 0; i < text.length; i++) {
    // At the start of a line, or of a string that holds the dump.
    const before = text.charAt(i - 1);
    if (i > 0 && before !== "\n" && before !== '"') continue;
    const row = readRow(text, i);
    if (row === undefined || row.offset !== 0) continue;
    const dump = readDump(text, i, row);
    if (dump.bytes.length > 0) dumps.push(dump);
    i = Math.max(i, dump.end - 1);
  }
  return dumps;
}

/** The start of the line after the one that `i` is in; -1 behind the last one. */
function nextLine(text: string, i: number): number {
  return text.indexOf("\n", i) + 1 || -1;
}

const LONGEST_OFFSET = 16;

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** The offset at the start of a line: four digits and more, and a colon, a dash or white space. */
function readRow(text: string, line: number): Row | undefined {
  let i = line;
  while (isBlank(text.charCodeAt(i))) i++;
  if (text.startsWith("0x", i)) i += 2;
  const first = i;
  let offset = 0;
  for (; i < first + LONGEST_OFFSET; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) break;
    offset = offset * 16 + digit;
  }
  if (i - first < 4) return undefined;
  const colon = text.charAt(i) === ":" ? i + 1 : i;
  if (!isBlank(text.charCodeAt(colon))) return undefined;
  for (i = colon; isBlank(text.charCodeAt(i)); ) i++;
  if (text.startsWith("- ", i)) i += 2;
  return { offset, at: i };
}

function readDump(text: string, start: number, first: Row): SpelledBytes {
  const bytes: number[] = [];
  let end = start;
  let row: Row | undefined = first;
  let line = start;
  let swapped: boolean | undefined;
  while (row !== undefined && line >= 0) {
    const following = nextLine(text, line);
    const next: Row | undefined = following < 0 ? undefined : readRow(text, following);
    // In octal the difference is larger than the row, which then ends with its line.
    const size = next === undefined ? LONGEST_ROW : next.offset - row.offset;
    swapped ??= isSwapped(text, row.at);
    readBytes(text, row.at, Math.min(size, LONGEST_ROW), swapped, bytes);
    end = following < 0 ? text.length : following;
    if (next !== undefined && next.offset <= row.offset) break;
    row = next;
    line = following;
  }
  return { bytes: withoutFill(Uint8Array.from(bytes)), start, end };
}

/** The last row may have been filled up, or run into the characters at its right. */
function withoutFill(bytes: Uint8Array): Uint8Array {
  const size = derSize(bytes);
  return size > 0 && bytes.length > size && bytes.length < size + 16
    ? bytes.subarray(0, size)
    : bytes;
}

/** The bytes of one row: pairs of digits, alone or joined to words, up to the characters at the right. */
function readBytes(text: string, at: number, size: number, swapped: boolean, to: number[]): void {
  let left = size;
  for (let i = at; left > 0; ) {
    const end = afterWord(text, i, 2 * left);
    if (end === i || (end - i) % 2 !== 0) return;
    // Words of a little-endian machine have their two bytes the other way round.
    if (swapped && end - i === 4) to.push(pairAt(text, i + 2), pairAt(text, i));
    else for (let j = i; j < end; j += 2) to.push(pairAt(text, j));
    left -= (end - i) / 2;
    if (!isBlank(text.charCodeAt(end)) && text.charAt(end) !== "-") return;
    i = end + 1;
    while (isBlank(text.charCodeAt(i))) i++;
  }
}

function afterWord(text: string, start: number, most: number): number {
  let end = start;
  while (end < start + most && hexDigit(text.charCodeAt(end)) >= 0) end++;
  return end;
}

/** `hexdump` and `od -x` without options: the 30 of a SEQUENCE, or the dashes of PEM, out of order. */
function isSwapped(text: string, at: number): boolean {
  const [first = "", second = ""] = text.slice(at, at + 9).split(" ");
  const isSequence = first.length === 4 && first.endsWith("30");
  return (
    (isSequence && (first.startsWith("8") || second === "0102")) ||
    text.startsWith("2d2d 2d2d 422d", at)
  );
}
