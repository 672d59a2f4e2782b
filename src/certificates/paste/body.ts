import type { CodeEntry } from "../../core/finding.ts";
import { decodeBase64, isBase64 } from "../pem/base64.ts";
import {
  base64BadPadding,
  base64DataAfterPadding,
  base64IllegalChar,
  pemEmptyBody,
} from "../pem/codes.ts";
import { REPAIRS, STYLES } from "./codes.ts";
import { derSize } from "./der-size.ts";
import { inputPlaceholder } from "./kind-codes.ts";
import { afterPrefix, beforeSuffix, type Layout, lineEnd, QUOTES } from "./line-edges.ts";

/** The base64 of one candidate, freed of all that is around its characters. */
interface Gathered {
  /** ASCII codes of base64 characters; the first `count` of them. */
  readonly codes: Uint8Array;
  /** Offset in the clean text of each. */
  readonly offsets: Uint32Array;
  readonly notes: Set<CodeEntry>;
  /** Nothing else says where it ends. */
  readonly open: boolean;
  count: number;
  /** How many characters there are to be at most, once that is known. */
  most: number;
  padding: number;
  /** Offset of the first character after padding, or of the first illegal one; -1 for none. */
  afterPadding: number;
  illegal: number;
}

function gathering(size: number, open: boolean): Gathered {
  return {
    open,
    codes: new Uint8Array(size),
    offsets: new Uint32Array(size),
    notes: new Set(),
    count: 0,
    most: Number.POSITIVE_INFINITY,
    padding: 0,
    afterPadding: -1,
    illegal: -1,
  };
}

function push(to: Gathered, code: number, offset: number): void {
  to.codes[to.count] = code;
  to.offsets[to.count++] = offset;
  if (!to.open || to.count !== HEADER_CHARACTERS) return;
  // A few more, to see whether there is something behind the element.
  to.most = wantedCharacters(to) + 4;
  if (to.most === 4) to.most = Number.POSITIVE_INFINITY;
}

/** True while nothing says that the body has ended. */
function isOpen({ illegal, count, most }: Gathered): boolean {
  return illegal < 0 && count < most;
}

export type BodyResult =
  | {
      readonly bytes: Uint8Array;
      readonly notes: ReadonlySet<CodeEntry>;
      readonly padBits: boolean;
      /** Offset after the last character that was used. */
      readonly end: number;
    }
  | { readonly fault: CodeEntry; readonly offset: number; readonly bytes?: undefined };

export interface BodyRange {
  readonly start: number;
  readonly end: number;
  readonly layout: Layout;
  /** Where nothing says where the body ends, its own length does. */
  readonly open: boolean;
}

/** Reads the bytes of a body: base64 with whatever source code, mail or a text box put into it. */
export function readBody(text: string, range: BodyRange): BodyResult {
  const gathered = gather(text, range);
  if (gathered.count === 0) {
    const ellipsis = isEllipsis(text, gathered.illegal);
    return { fault: ellipsis ? inputPlaceholder : pemEmptyBody, offset: range.start };
  }
  const wanted = wantedCharacters(gathered);
  if (range.open && wanted > 0 && gathered.count >= wanted) return cut(gathered, wanted);
  if (gathered.illegal >= 0) {
    const fault = isEllipsis(text, gathered.illegal) ? inputPlaceholder : base64IllegalChar;
    return { fault, offset: gathered.illegal };
  }
  if (gathered.afterPadding >= 0) {
    return { fault: base64DataAfterPadding, offset: gathered.afterPadding };
  }
  const restored =
    wanted > gathered.count ? restorePluses(text, range, gathered, wanted) : undefined;
  return decode(restored ?? gathered);
}

function textOf(codes: Uint8Array, count: number): string {
  return new TextDecoder("latin1").decode(codes.subarray(0, count));
}

function decode({ codes, offsets, count, notes, padding }: Gathered): BodyResult {
  const required = (4 - (count & 3)) & 3;
  const end = (offsets[count - 1] as number) + 1;
  if (required === 3) return { fault: base64BadPadding, offset: end };
  if (padding !== required) notes.add(REPAIRS.padding);
  const body = textOf(codes, count) + "=".repeat(required);
  const decoded = decodeBase64(body, 0, body.length);
  if (decoded.fault !== undefined) return { fault: decoded.fault, offset: end };
  return { bytes: decoded.bytes, notes, padBits: decoded.padBits, end };
}

/** What stands after the cut is text, and says nothing about the padding. */
function cut(gathered: Gathered, count: number): BodyResult {
  const exact = gathered.count === count;
  return decode({ ...gathered, count, padding: exact ? gathered.padding : (4 - (count & 3)) & 3 });
}

/** Enough characters for the tag and length of a DER element. */
const HEADER_CHARACTERS = 8;

/** How many characters the DER element that begins so has; 0 where none begins. */
function wantedCharacters({ codes, count }: Gathered): number {
  const head = textOf(codes, Math.min(count, HEADER_CHARACTERS));
  const decoded = decodeBase64(head, 0, head.length);
  return decoded.fault === undefined ? Math.ceil((derSize(decoded.bytes) * 4) / 3) : 0;
}

/** What joins strings in source code, and ends statements. */
const JOINTS = "+.,;&()[]{}<>_\\";

function gather(text: string, range: BodyRange): Gathered {
  const gathered = gatherWith(text, range, range.layout.quote);
  // Only the BEGIN line may have been in quotes.
  return gathered.count === 0 && range.layout.quote !== "" ? gatherWith(text, range, "") : gathered;
}

function gatherWith(text: string, range: BodyRange, quote: string): Gathered {
  const { layout, end: limit } = range;
  const gathered = gathering(limit - range.start, range.open);
  const quoted = hasQuotes(text, range.start, limit);
  if (quoted) gathered.notes.add(REPAIRS.quotes);
  const line: LineState = { ...layout, quoted, quote, inside: true };
  let inHeaders = true;
  for (let start = range.start; start < limit && isOpen(gathered); ) {
    const lineBreak = lineEnd(text, start, limit);
    const from = start === range.start ? start : afterPrefix(text, start, lineBreak, layout.prefix);
    const end = beforeSuffix(text, from, lineBreak, layout.suffix);
    if (from > start || end < lineBreak) gathered.notes.add(REPAIRS.linePrefix);
    if (inHeaders && isHeader(text, from, end)) gathered.notes.add(STYLES.legacyHeader);
    else {
      inHeaders &&= isBlank(text, from, end);
      gatherLine(text, from, end, line, gathered);
    }
    start = lineBreak + 1;
  }
  return gathered;
}

/** What has to be known of a line, and what goes over from line to line. */
interface LineState {
  readonly separator: string;
  /** There are quotes somewhere. */
  readonly quoted: boolean;
  /** The quote outside of which there is only code; empty where there is none. */
  readonly quote: string;
  inside: boolean;
}

function hasQuotes(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (QUOTES.includes(text.charAt(i))) return true;
  return false;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) > 32) return false;
  return true;
}

/** `Name: value` of RFC 1421, 4.6. */
function isHeader(text: string, start: number, end: number): boolean {
  let i = start;
  while (i < end && (isBase64(text.charCodeAt(i)) || text.charAt(i) === "-")) i++;
  return i > start && text.charAt(i) === ":" && text.charCodeAt(i + 1) === 32;
}

function gatherLine(text: string, start: number, end: number, line: LineState, to: Gathered): void {
  if (isRule(text, start, end)) return;
  for (let i = start; i < end && isOpen(to); i++) {
    const code = text.charCodeAt(i);
    // Nearly all of a body is this.
    if (line.inside && line.separator === "" && to.padding === 0 && code !== PLUS && isBase64(code))
      push(to, code, i);
    else if (line.quote !== "" && text.charAt(i) === line.quote) line.inside = !line.inside;
    else if (line.inside && code > 32) i += gatherOther(text, i, end, line, to);
  }
}

/** Reads what may be a break, a joint or data; gives how many characters beyond the first it took. */
function gatherOther(
  text: string,
  i: number,
  end: number,
  { separator, quoted }: LineState,
  to: Gathered,
): number {
  if (separator !== "" && text.startsWith(separator, i) && isBreak(separator, i, end, to)) {
    to.notes.add(REPAIRS.linePrefix);
    return separator.length - 1;
  }
  const character = text.charAt(i);
  if (quoted && isJoint(text, i, character)) return 0;
  if (character === "=") to.padding++;
  else gatherCharacter(character, i, to);
  return 0;
}

const COLUMNS = 64;

/** A separator may consist of base64's letters, as `/n` does: it is one where a line is full, once. */
function isBreak(separator: string, i: number, end: number, { count, offsets }: Gathered): boolean {
  if (!isBase64(separator.charCodeAt(0)) || i + separator.length === end) return true;
  return count === 0 || (count % COLUMNS === 0 && offsets[count - 1] === i - 1);
}

/** The two letters of base64url that base64 does not have. */
const URL_SAFE: Readonly<Record<string, string>> = { "-": "+", _: "/" };

function gatherCharacter(character: string, i: number, to: Gathered): void {
  const plain = URL_SAFE[character];
  if (plain === undefined && !isBase64(character.charCodeAt(0))) {
    to.illegal = i;
    return;
  }
  if (plain !== undefined) to.notes.add(REPAIRS.base64url);
  if (to.padding > 0 && to.afterPadding < 0) to.afterPadding = i;
  push(to, (plain ?? character).charCodeAt(0), i);
}

/** A line of nothing but dashes, such as a BEGIN line that was broken in two leaves behind. */
function isRule(text: string, start: number, end: number): boolean {
  let dashes = 0;
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) <= 32) continue;
    if (text.charAt(i) !== "-") return false;
    dashes++;
  }
  return dashes > 0;
}

function isJoint(text: string, i: number, character: string): boolean {
  if (QUOTES.includes(character)) return true;
  if (!JOINTS.includes(character)) return false;
  // A plus is data inside of a word, and a joint where it stands alone.
  return character !== "+" && character !== "_" ? true : standsAlone(text, i);
}

function standsAlone(text: string, i: number): boolean {
  const edge = (character: string): boolean =>
    character === "" || character <= " " || QUOTES.includes(character);
  return edge(text.charAt(i - 1)) && edge(text.charAt(i + 1));
}

function isEllipsis(text: string, i: number): boolean {
  // In brackets, too.
  const part = text.slice(Math.max(0, i), i + 4);
  return i >= 0 && (part.includes("..") || part.includes("\u2026"));
}

/** A form that decodes plus signs to spaces leaves exactly as many spaces as characters are missing. */
function restorePluses(
  text: string,
  range: BodyRange,
  gathered: Gathered,
  wanted: number,
): Gathered | undefined {
  const restored = { ...gathering(range.end - range.start, false), padding: gathered.padding };
  for (let i = gathered.offsets[0] as number; i < range.end && restored.count <= wanted; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || isBase64(code)) push(restored, code === 32 ? PLUS : code, i);
  }
  if (restored.count !== wanted) return undefined;
  for (const note of gathered.notes) restored.notes.add(note);
  restored.notes.add(REPAIRS.plusAsSpace);
  return restored;
}

const PLUS = 0x2b;
