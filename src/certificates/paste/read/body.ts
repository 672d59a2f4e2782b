import { derSize } from "../../der/size.ts";
import type { ReadingCode } from "../../issue.ts";
import { decodeBase64, isBase64 } from "../../pem/base64.ts";
import { base64Bytes } from "../../pem/base64-head.ts";
import {
  fullLines,
  isAnyLetter,
  type Letters,
  lettersOf,
  lettersWithBlanks,
  periods,
} from "./letters.ts";

export type BodyResult =
  | {
      readonly bytes: Uint8Array;
      readonly notes: ReadonlySet<ReadingCode>;
      /** From the first character that was used to the last, its padding included. */
      readonly start: number;
      readonly end: number;
    }
  | { readonly fault: ReadingCode; readonly offset: number; readonly bytes?: undefined };

export interface BodyRange {
  readonly start: number;
  readonly end: number;
  /** Only the length in the DER tells where the body ends. */
  readonly open: boolean;
}

/** A body with its known start and declared length. */
export interface Body extends BodyRange {
  /** The text before the first line. */
  readonly lead: string;
  /** The number of base64 characters by the length of the DER; 0 if no DER begins. */
  readonly wanted: number;
}

type Reading = readonly [
  read: (text: string, body: Body) => Letters | undefined,
  note?: ReadingCode | undefined,
];

/**
 * The ways to separate the base64 of a body from the text that source code, mail, a terminal or a text box
 * adds, the simplest first. The first one whose result has the length in the DER is right.
 */
const READINGS: readonly Reading[] = [
  [(text, body) => lettersOf(text, body, isBase64)],
  [(text, body) => lettersOf(text, body, isAnyLetter)],
  // A form that decodes plus signs to spaces leaves one space per missing character.
  [lettersWithBlanks, "pem.plus_as_space"],
  [fullLines, "pem.quoted_lines"],
  [periods, "pem.quoted_lines"],
  [(text, body) => fullLines(text, body, true), "pem.doubled_line"],
];

/** Reads the bytes of a body. */
export function readBody(text: string, range: BodyRange): BodyResult {
  const body = bodyOf(text, range);
  const { start, end, open, wanted } = body;
  if (wanted > 0 && wanted <= (open ? text.length : end) - start) {
    const first = open ? undefined : beforeNext(text, body);
    if (first !== undefined) return decode(text, body, first);
    for (const [read, note] of READINGS) {
      const letters = read(text, body);
      if (letters?.text.length === wanted) return decode(text, body, letters, note);
    }
  }
  const all = lettersOf(text, { ...body, wanted: end }, isAnyLetter);
  return faultOf(text, body, all) ?? decode(text, body, all);
}

/** The letters of a certificate that another one follows: in the same word where padding is missing. */
function beforeNext(text: string, body: Body): Letters | undefined {
  const { text: letters, end } = lettersOf(text, { ...body, open: true }, isBase64);
  const excess = letters.length - body.wanted;
  if (excess < 0 || !startsDer(text, end - excess, body.end)) return undefined;
  return { text: letters.slice(0, body.wanted), end: end - excess };
}

/** The start of DER in base64, long enough to be no word. */
const BEGIN = /(?<![A-Za-z0-9+/]{4})MI[A-Za-z0-9+/]{6}/;
/** A line of base64 before the start is the damaged head of the DER. */
const LINE = /[A-Za-z0-9+/]{40}/;

/** Most characters between two certificates in one block, besides white space: padding, a joint of strings. */
const LONGEST_JOINT = 16;

/** True if base64 of DER begins there, after padding and white space. */
export function startsDer(text: string, from: number, end: number): boolean {
  let start = from;
  for (let joint = 0; start < end && joint < LONGEST_JOINT; start++) {
    const code = text.charCodeAt(start);
    if (isBase64(code)) break;
    if (code > 32) joint++;
  }
  const head = base64Bytes(text, start, 6);
  // "MI", which a line break may divide.
  return head[0] === SEQUENCE && (head[1] as number) >> 4 === 8 && derSize(head) > SHORTEST;
}

const SEQUENCE = 0x30;

/** Half the size of the smallest certificate in use. */
const SHORTEST = 100;

function bodyOf(text: string, range: BodyRange): Body {
  const body = text.slice(range.start, range.end);
  const lead = body.slice(0, Math.max(body.search(BEGIN), 0));
  const start = range.start + (LINE.test(lead) ? 0 : lead.length);
  const wanted = Math.ceil((derSize(base64Bytes(text, start, 6)) * 4) / 3);
  return { ...range, start, lead: text.slice(range.start, start), wanted };
}

/** `Name: value` of RFC 1421, 4.6. */
const HEADER = /^[A-Za-z0-9-]+: /m;

/** White space, and the soft line breaks of quoted-printable text. */
const SOFT = /=?\s+/g;

function decode(
  text: string,
  body: Body,
  { text: letters, end }: Letters,
  note?: ReadingCode | undefined,
): BodyResult {
  const required = -letters.length & 3;
  if (required === 3) return { fault: "base64.bad_padding", offset: end };
  const plain = letters.replaceAll("-", "+").replaceAll("_", "/");
  const padded = plain + "=".repeat(required);
  const decoded = decodeBase64(padded, 0, padded.length);
  if (decoded.fault !== undefined) return { fault: decoded.fault, offset: end };
  const notes = new Set<ReadingCode>();
  if (HEADER.test(body.lead)) notes.add("pem.legacy_header");
  const used = text.slice(body.start, end);
  if (note !== undefined && note !== "pem.quoted_lines") notes.add(note);
  else if (/["']/.test(used)) notes.add("pem.json_string");
  else if (used.replaceAll(SOFT, "") !== letters) notes.add("pem.quoted_lines");
  if (/<\/?[a-z]/i.test(used)) notes.add("pem.html_tags");
  if (/=\r?\n/.test(used)) notes.add("pem.quoted_printable");
  if (plain !== letters) notes.add("pem.base64url");
  const padding = paddingAt(text, end, body.end);
  if (padding.count !== required) notes.add("pem.padding_repaired");
  if (decoded.padBits) notes.add("base64.nonzero_pad_bits");
  const start = notes.has("pem.legacy_header") ? body.start - body.lead.length : body.start;
  return { bytes: decoded.bytes, notes, start, end: padding.end };
}

/** The equals signs that follow, white space among them, and the offset after the last. */
function paddingAt(text: string, from: number, end: number): { count: number; end: number } {
  const padding = { count: 0, end: from };
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === EQUALS) {
      padding.count++;
      padding.end = i + 1;
    } else if (code > 32) break;
  }
  return padding;
}

const EQUALS = 0x3d;

/** The fault of a body whose length differs from the declared one. */
function faultOf(text: string, body: Body, all: Letters): BodyResult | undefined {
  const odd = oddCharacter(text, body);
  const isEllipsis = odd >= 0 && text.slice(odd, odd + 4).includes("..");
  if (all.text === "") {
    return { fault: isEllipsis ? "input.placeholder" : "pem.empty_body", offset: body.start };
  }
  if (odd >= 0)
    return { fault: isEllipsis ? "input.placeholder" : "base64.illegal_char", offset: odd };
  const padding = text.slice(body.start, body.end).search(/=[\s"'`+,;&\\]*[A-Za-z0-9]/);
  return padding < 0
    ? undefined
    : { fault: "base64.data_after_padding", offset: body.start + padding + 1 };
}

/** Characters that join strings in source code, or end statements. */
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
