import type { CodeEntry } from "../../core/finding.ts";
import { decodeBase64, isBase64 } from "../pem/base64.ts";
import {
  base64BadPadding,
  base64DataAfterPadding,
  base64IllegalChar,
  pemEmptyBody,
} from "../pem/codes.ts";
import { base64Bytes } from "./base64-head.ts";
import { REPAIRS, STYLES } from "./codes.ts";
import { derSize } from "./der-size.ts";
import { inputPlaceholder } from "./kind-codes.ts";
import {
  fullLines,
  isAnyLetter,
  type Letters,
  lettersOf,
  lettersWithBlanks,
  periods,
} from "./words.ts";

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
  /** Nothing but its own length says where the body ends. */
  readonly open: boolean;
}

/** What is to be read, once it is known where it begins and how long it says that it is. */
export interface Body extends BodyRange {
  /** What stands before the first line. */
  readonly lead: string;
  /** How many characters of base64 the DER has by its own length; 0 where none begins. */
  readonly wanted: number;
}

type Reading = readonly [
  read: (text: string, body: Body) => Letters | undefined,
  note?: CodeEntry | undefined,
];

/**
 * The ways to tell the letters of a body from what source code, mail, a terminal or a text box put
 * around them, the simplest first. DER says how long it is: the first that gives as many is right.
 */
const READINGS: readonly Reading[] = [
  [(text, body) => lettersOf(text, body, isBase64)],
  [(text, body) => lettersOf(text, body, isAnyLetter)],
  // A form that decodes plus signs to blanks leaves exactly as many as letters are missing.
  [lettersWithBlanks, REPAIRS.plusAsSpace],
  [fullLines, REPAIRS.linePrefix],
  [periods, REPAIRS.linePrefix],
  [(text, body) => fullLines(text, body, true), REPAIRS.doubledLine],
];

/** Reads the bytes of a body. */
export function readBody(text: string, range: BodyRange): BodyResult {
  const body = bodyOf(text, range);
  const { start, end, open, wanted } = body;
  if (wanted > 0 && wanted <= (open ? text.length : end) - start) {
    for (const [read, note] of READINGS) {
      const letters = read(text, body);
      if (letters?.text.length === wanted) return decode(text, body, letters, note);
    }
  }
  const all = lettersOf(text, { ...body, wanted: end }, isAnyLetter);
  return faultOf(text, body, all) ?? decode(text, body, all);
}

/** DER in base64, enough of it to tell it from a word, and at most a joint before it that looks like base64. */
const BEGIN = /(?<![A-Za-z0-9+/]{4})MI[A-Za-z0-9+/]{6}/;
/** Nothing begins behind a line of base64: the head of the DER is in it, and damaged. */
const LINE = /[A-Za-z0-9+/]{40}/;

function bodyOf(text: string, range: BodyRange): Body {
  const body = text.slice(range.start, range.end);
  const lead = body.slice(0, Math.max(body.search(BEGIN), 0));
  const start = range.start + (LINE.test(lead) ? 0 : lead.length);
  const wanted = Math.ceil((derSize(base64Bytes(text, start, 6)) * 4) / 3);
  return { ...range, start, lead: text.slice(range.start, start), wanted };
}

/** `Name: value` of RFC 1421, 4.6. */
const HEADER = /^[A-Za-z0-9-]+: /m;

function decode(
  text: string,
  body: Body,
  { text: letters, end }: Letters,
  note?: CodeEntry | undefined,
): BodyResult {
  const required = -letters.length & 3;
  if (required === 3) return { fault: base64BadPadding, offset: end };
  const plain = letters.replaceAll("-", "+").replaceAll("_", "/");
  const padded = plain + "=".repeat(required);
  const decoded = decodeBase64(padded, 0, padded.length);
  if (decoded.fault !== undefined) return { fault: decoded.fault, offset: end };
  const notes = new Set<CodeEntry>();
  if (HEADER.test(body.lead)) notes.add(STYLES.legacyHeader);
  const used = text.slice(body.start, end);
  if (note !== undefined && note !== REPAIRS.linePrefix) notes.add(note);
  else if (/["']/.test(used)) notes.add(REPAIRS.quotes);
  else if (used.replaceAll(/[\s=]+/g, "") !== letters) notes.add(REPAIRS.linePrefix);
  if (/<\/?[a-z]/i.test(used)) notes.add(REPAIRS.htmlTags);
  if (/=\r?\n/.test(used)) notes.add(REPAIRS.quotedPrintable);
  if (plain !== letters) notes.add(REPAIRS.base64url);
  if (paddingAt(text, end, body.end) !== required) notes.add(REPAIRS.padding);
  return { bytes: decoded.bytes, notes, padBits: decoded.padBits, end };
}

/** How many equals signs follow, white space among them. */
function paddingAt(text: string, from: number, end: number): number {
  let count = 0;
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === EQUALS) count++;
    else if (code > 32) break;
  }
  return count;
}

const EQUALS = 0x3d;

/** What is wrong with a body that is not as long as it says. */
function faultOf(text: string, body: Body, all: Letters): BodyResult | undefined {
  const odd = oddCharacter(text, body);
  const isEllipsis = odd >= 0 && text.slice(odd, odd + 4).includes("..");
  if (all.text === "") {
    return { fault: isEllipsis ? inputPlaceholder : pemEmptyBody, offset: body.start };
  }
  if (odd >= 0) return { fault: isEllipsis ? inputPlaceholder : base64IllegalChar, offset: odd };
  const padding = text.slice(body.start, body.end).search(/=[\s"'`+,;&\\]*[A-Za-z0-9]/);
  return padding < 0
    ? undefined
    : { fault: base64DataAfterPadding, offset: body.start + padding + 1 };
}

/** What joins strings in source code, and ends statements. */
const JOINTS = "=-_+.,;&()[]{}<>\\";
const QUOTES = "\"'`";

/** Offset of the first character that is neither base64 nor part of its spelling; -1 for none. */
function oddCharacter(text: string, { start, end }: Body): number {
  const quoted = /["'`]/.test(text.slice(start, end));
  const around = quoted ? QUOTES + JOINTS : "=-_";
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && !isBase64(code) && !around.includes(text.charAt(i))) return i;
  }
  return -1;
}
