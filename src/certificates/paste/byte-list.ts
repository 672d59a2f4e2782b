/** Bytes that a text spells out, and the part of the text that does. */
export interface SpelledBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** The value of a hex digit; -1 for any other character. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const folded = code | 0x20;
  return folded >= 97 && folded <= 102 ? folded - 87 : -1;
}

function isAlphanumeric(code: number): boolean {
  const folded = code | 0x20;
  return (code >= 48 && code <= 57) || (folded >= 97 && folded <= 122);
}

/**
 * Finds lists of bytes that begin like DER or PEM: hex in one piece or in pairs, and the arrays of
 * programming languages and JSON, in hex, decimal (signed too) or octal escapes.
 */
export function findByteLists(text: string): SpelledBytes[] {
  const lists: SpelledBytes[] = [];
  for (let i = 0; i < text.length; i++) {
    if (!isAlphanumeric(text.charCodeAt(i))) continue;
    const list = listAt(text, i);
    if (list === undefined) while (isAlphanumeric(text.charCodeAt(i + 1))) i++;
    else {
      lists.push(list);
      i = list.end;
    }
  }
  return lists;
}

/** Reads at most so many bytes from `start` on, and says where it ended. */
type ListReader = (text: string, start: number, most: number, to: number[]) => number;

/** Enough bytes to tell a list from numbers that only begin like one. */
const HEAD = 6;
/** Shortest list: a private key of Ed25519. A fingerprint is shorter. */
const SHORTEST = 40;

function listAt(text: string, token: number): SpelledBytes | undefined {
  const before = text.charAt(token - 1);
  // Each begins with the SEQUENCE of DER or a dash of PEM, in its own way.
  switch (text.charAt(token)) {
    case "0":
      if (before === "\\") return readList(text, token - 1, prefixed("\\", 8));
      if (!isX(text.charAt(token + 1))) return undefined;
      return (
        readList(text, token, prefixed(text.slice(token, token + 2), 16)) ??
        readList(text, token + 2, readPairs)
      );
    case "x":
      if (before !== "\\") return undefined;
      return readList(text, token - 1, prefixed("\\x", 16)) ?? readList(text, token + 1, readPairs);
    case "H":
    case "h":
      return readList(text, token - 1, prefixed(text.slice(token - 1, token + 1), 16));
    case "3":
    case "2":
      return readList(text, token, readPairs);
    case "4":
      return readList(text, token, readDecimals);
    default:
      return undefined;
  }
}

function isX(character: string): boolean {
  return character === "x" || character === "X";
}

function readList(text: string, start: number, read: ListReader): SpelledBytes | undefined {
  const head: number[] = [];
  read(text, start, HEAD, head);
  if (!beginsLikeInput(head)) return undefined;
  const bytes: number[] = [];
  const end = read(text, start, text.length, bytes);
  return bytes.length < SHORTEST ? undefined : { bytes: Uint8Array.from(bytes), start, end };
}

function beginsLikeInput(head: readonly number[]): boolean {
  return (
    beginsLikeDer(head) || (head.length === HEAD && head.slice(0, 4).every((one) => one === 0x2d))
  );
}

/** A SEQUENCE with a long length, or with a version at its start. */
export function beginsLikeDer(head: ArrayLike<number>): boolean {
  const length = head[1] ?? 0;
  if (head[0] !== 0x30) return false;
  return (length > 0x80 && length < 0x84) || (head[2] === 2 && head[3] === 1);
}

/** What may stand between the pairs of hex digits. */
const SEPARATORS = " \t\r\n:,-.\"'\\";

function readPairs(text: string, start: number, most: number, to: number[]): number {
  let end = start;
  for (let i = start; to.length < most; ) {
    const byte = pairAt(text, i);
    if (byte < 0) break;
    to.push(byte);
    i += 2;
    end = i;
    i = afterAny(text, i, SEPARATORS);
  }
  return end;
}

/** The byte that two hex digits spell; negative where there are no two. */
export function pairAt(text: string, i: number): number {
  const high = hexDigit(text.charCodeAt(i));
  const low = hexDigit(text.charCodeAt(i + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Longest text between two numbers with prefixes: a cast, a comment, an indentation. */
const LONGEST_GAP = 80;

/** Numbers that each have a prefix, such as `0x`: whatever else there is between them is passed over. */
function prefixed(prefix: string, base: 8 | 16): ListReader {
  return (text, start, most, to) => {
    let end = start;
    for (let i = start; i >= 0 && to.length < most; i = nextPrefix(text, end, prefix)) {
      const digits = i + prefix.length;
      const last = numberEnd(text, digits, base);
      if (last === digits) break;
      to.push(Number.parseInt(text.slice(digits, last), base) & 0xff);
      end = last;
    }
    return end;
  };
}

function nextPrefix(text: string, from: number, prefix: string): number {
  for (let i = from; i < from + LONGEST_GAP && i < text.length; i++) {
    if (text.startsWith(prefix, i)) return i;
    const character = text.charAt(i);
    if (character === "}" || character === ";") return -1;
  }
  return -1;
}

/** Two digits of hex at most, or three octal ones; more are a number of another kind. */
function numberEnd(text: string, start: number, base: 8 | 16): number {
  const most = base === 8 ? 3 : 2;
  let end = start;
  while (end < start + most && isDigit(text.charCodeAt(end), base)) end++;
  return isDigit(text.charCodeAt(end), base) ? start : end;
}

function isDigit(code: number, base: number): boolean {
  const digit = hexDigit(code);
  return digit >= 0 && digit < base;
}

/** Decimal numbers, the signed bytes of Java too; the keys of a JSON object are passed over. */
function readDecimals(text: string, start: number, most: number, to: number[]): number {
  let end = start;
  for (let i = start; to.length < most; i = afterAny(text, end, ' \t\r\n,:"[]')) {
    const digits = text.charAt(i) === "-" ? i + 1 : i;
    const last = afterDigits(text, digits);
    if (last === digits) break;
    const key = text.charAt(last) === '"' ? last + 1 : last;
    if (text.charAt(key) !== ":") {
      const value = Number(text.slice(i, last));
      if (value < -128 || value > 255) break;
      to.push(value & 0xff);
    }
    // A suffix of Rust.
    end = text.startsWith("u8", last) ? last + 2 : last;
  }
  return end;
}

/** Longer numbers are no bytes, and no indexes of any. */
const LONGEST_NUMBER = 6;

function afterDigits(text: string, start: number): number {
  let i = start;
  while (i < start + LONGEST_NUMBER && isDigit(text.charCodeAt(i), 10)) i++;
  return i;
}

/** The offset of the first character that is none of the given ones. */
function afterAny(text: string, start: number, characters: string): number {
  let i = start;
  while (i < text.length && characters.includes(text.charAt(i))) i++;
  return i;
}
