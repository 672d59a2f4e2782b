import { derSize } from "../../der/size.ts";

/** Bytes that a text spells out, and the part of the text that does. */
export interface SpelledBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Bytes that tell a list from other numbers. */
export const HEAD = 6;
/** Shortest list: a private key of Ed25519. A fingerprint is shorter. */
const SHORTEST = 40;

/** The style of the numbers of a list. */
interface Style {
  readonly base: 8 | 10 | 16;
  /** The prefix of each, such as `0x`; other text between two is skipped. */
  readonly prefix: string;
}

/** Gives up after this many false starts. */
const MOST_TRIES = 10_000;

/** The SEQUENCE of DER or a dash of PEM: in hex, in octal escapes, in decimal. */
const STARTS =
  /(?<![\da-z]|\\)(?:0x)?(?:30|2d|fe(?=.{0,6}ed)|ce(?=.{0,6}ce))|(?<=\\x|&h)(?:30|2d|fe|ce)|(?<=\\)0?(?:60|55)(?=\\)|(?<![\w.-])4[85](?=\D)/gi;

/**
 * Finds lists of bytes that begin like DER or PEM: hex in one piece or in pairs, and the arrays of
 * programming languages and JSON, in hex, decimal (signed too) or octal escapes.
 */
export function findByteLists(text: string): SpelledBytes[] {
  const lists: SpelledBytes[] = [];
  let tries = 0;
  for (const { 0: first, index } of text.matchAll(STARTS)) {
    if (index < (lists.at(-1)?.end ?? 0)) continue;
    if (++tries > MOST_TRIES) break;
    const start = index + (/^0x/i.test(first) ? 2 : 0);
    const style = styleOf(text, start);
    const head: number[] = [];
    readList(text, start, style, HEAD, head);
    if (!beginsLikeInput(head)) continue;
    const list = wholeList(text, start, style);
    if (list.bytes.length >= SHORTEST) lists.push(list);
  }
  return lists;
}

/**
 * A list to its end. What follows DER on another line, or after the first blank, is another text: the
 * letters BE of BEGIN would be a byte.
 */
function wholeList(text: string, start: number, style: Style): SpelledBytes {
  const bytes: number[] = [];
  const end = readList(text, start, style, text.length, bytes);
  const size = derSize(bytes);
  const all = { bytes: Uint8Array.from(bytes), start, end };
  if (size === 0 || size >= bytes.length || beginsLikeDer(bytes.slice(size))) return all;
  const own: number[] = [];
  const ownEnd = readList(text, start, style, size, own);
  const isBlank = /\s/.test(text.slice(start, ownEnd));
  const isApart = isBlank ? /^[^\S\r\n]*[\r\n]/ : /^\s/;
  return isApart.test(text.slice(ownEnd, ownEnd + LONGEST_GAP))
    ? { bytes: Uint8Array.from(own), start, end: ownEnd }
    : all;
}

/** The text between the first two numbers determines the style of all. */
function styleOf(text: string, start: number): Style {
  const first = text.slice(start, start + 2).toLowerCase();
  if (first.startsWith("4")) return { base: 10, prefix: "" };
  if (/^[56]/.test(text.slice(start, start + 1)) || first.startsWith("0"))
    return { base: 8, prefix: "\\" };
  const [, joint = ""] = /^..(.{0,24}?)[\da-f]{2}/is.exec(text.slice(start, start + 28)) ?? [];
  return { base: 16, prefix: /[^\s:,.\-"']*$/.exec(joint)?.[0] ?? "" };
}

/** Reads at most so many bytes, and says where they end. */
function readList(
  text: string,
  start: number,
  style: Style,
  most: number,
  bytes: number[],
): number {
  const { base, prefix } = style;
  let end = start;
  for (let i = start; i >= 0 && bytes.length < most; ) {
    const isNegative = base === 10 && text.charAt(i) === "-";
    const first = isNegative ? i + 1 : i;
    const last = digitsEnd(text, first, style);
    const value = Number.parseInt(text.slice(first, last), base) * (isNegative ? -1 : 1);
    if (!(value >= -128 && value < 256)) break;
    bytes.push(value & 0xff);
    // A suffix of Rust.
    end = base === 10 && text.startsWith("u8", last) ? last + 2 : last;
    i = prefix === "" ? afterJoint(text, end, base) : afterPrefix(text, end, prefix);
  }
  return end;
}

/** The end of a number. With a prefix, a longer number is of another kind and ends at its start. */
function digitsEnd(text: string, start: number, { base, prefix }: Style): number {
  const most = start + (base === 16 ? 2 : 3);
  let end = start;
  while (end < most && isDigit(text, end, base)) end++;
  if (base === 16 && end !== most) return start;
  return (prefix !== "" || base === 10) && isDigit(text, end, base) ? start : end;
}

function isDigit(text: string, i: number, base: number): boolean {
  const code = text.charCodeAt(i);
  if (code < 58) return code >= 48 && code < 48 + base;
  const folded = code | 0x20;
  return base === 16 && folded >= 97 && folded <= 102;
}

/** Longest text between two numbers with prefixes: a cast, a comment, an indentation. */
const LONGEST_GAP = 80;

/** Behind the next prefix; -1 where the list has ended. */
function afterPrefix(text: string, from: number, prefix: string): number {
  for (let i = from; i < from + LONGEST_GAP && i < text.length; i++) {
    if (text.startsWith(prefix, i)) return i + prefix.length;
    if (text.charAt(i) === "}" || text.charAt(i) === ";") return -1;
  }
  return -1;
}

/** Behind what may stand between two numbers; in decimal, the keys of a JSON object too. */
function afterJoint(text: string, from: number, base: number): number {
  const joints = base === 10 ? " \t\r\n,[]" : " \t\r\n:,.-\"'\\";
  let i = from;
  while (i < text.length && joints.includes(text.charAt(i))) i++;
  if (base !== 10 || (text.charAt(i) !== '"' && text.charAt(i) !== ":")) return i;
  const [key] = /^"\d{1,6}"\s*:\s*/.exec(text.slice(i, i + LONGEST_GAP)) ?? [];
  return key === undefined ? i : i + key.length;
}

export function beginsLikeInput(head: ArrayLike<number>): boolean {
  return (
    beginsLikeDer(head) ||
    beginsLikeKeystore(head) ||
    (head.length >= HEAD && [0, 1, 2, 3, 4].every((i) => head[i] === 0x2d))
  );
}

/** The magic numbers of JKS and JCEKS. */
export function beginsLikeKeystore(head: ArrayLike<number>): boolean {
  const magic = [0, 1, 2, 3].map((i) => (head[i] ?? 0).toString(16)).join("");
  return magic === "feedfeed" || magic === "cececece";
}

/** A SEQUENCE with a long length, or with a version at its start. */
export function beginsLikeDer(head: ArrayLike<number>): boolean {
  const length = head[1] ?? 0;
  if (head[0] !== 0x30) return false;
  return (length > 0x80 && length < 0x84) || (head[2] === 2 && head[3] === 1);
}
