import { fromCleanBase64, toLatin1 } from "../core/bytes.ts";
import { xmlError } from "./fault.ts";

/**
 * The reader works on octets, held in strings of one character per octet: UTF-8 passes through
 * untouched, its order is the order of code points (which canonicalisation sorts by), and nothing is
 * decoded that is not asked for.
 */

/** What a look at every octet of a stretch has found. */
export interface OctetSurvey {
  /** One for each 64 octets that hold one beyond ASCII; nothing if all are ASCII. */
  high: Uint8Array | undefined;
  /** Line feeds. */
  lines: number;
  /** Offset of an octet that no XML 1.0 document in UTF-8 can hold; or -1. */
  faultAt: number;
  /** The fault is of the encoding, not a character that XML leaves out. */
  faultIsEncoding: boolean;
  /** Continuation octets that are due at the end. */
  due: number;
  /** The bounds of the next continuation octet (The Unicode Standard, table 3-7). */
  low: number;
  top: number;
  /** The sequence so far is EF BF: its end may be U+FFFE or U+FFFF. */
  nearNonCharacter: number;
}

/** Looks at octets, four at a time where all are ordinary ASCII, which is nearly everywhere. */
export function surveyOctets(octets: Uint8Array): OctetSurvey {
  const survey: OctetSurvey = {
    high: undefined,
    lines: 0,
    faultAt: -1,
    faultIsEncoding: false,
    due: 0,
    low: 0x80,
    top: 0xbf,
    nearNonCharacter: 0,
  };
  const head = Math.min(octets.length, (4 - (octets.byteOffset & 3)) & 3);
  for (let i = 0; i < head; i++) look(survey, octets, i);
  const count = (octets.length - head) >> 2;
  const words = new Int32Array(octets.buffer, octets.byteOffset + head, count);
  for (let i = nextOdd(words, 0); i < count && survey.faultAt < 0; ) {
    const at = head + (i << 2);
    for (let j = at; j < at + 4; j++) look(survey, octets, j);
    i = survey.due > 0 ? i + 1 : nextOdd(words, i + 1);
  }
  for (let i = head + (count << 2); i < octets.length; i++) look(survey, octets, i);
  return survey;
}

/** The next word with an octet below 0x20 or above 0x7f. */
function nextOdd(words: Int32Array, from: number): number {
  let i = from;
  for (; i < words.length; i++) {
    const word = words[i] as number;
    if ((((word - 0x20202020) | word) & 0x80808080) !== 0) return i;
  }
  return i;
}

function look(survey: OctetSurvey, octets: Uint8Array, at: number): void {
  const octet = octets[at] as number;
  if (survey.due === 0 && octet < 0x80) {
    if (octet === 10) survey.lines++;
    else if (octet < 0x20 && octet !== 13 && octet !== 9) fault(survey, at, false);
    return;
  }
  survey.high ??= new Uint8Array((octets.length >> 6) + 1);
  survey.high[at >> 6] = 1;
  if (survey.due === 0) lead(survey, octet, at);
  else follow(survey, octet, at);
}

function lead(survey: OctetSurvey, octet: number, at: number): void {
  survey.nearNonCharacter = octet === 0xef ? 1 : 0;
  survey.low = octet === 0xe0 ? 0xa0 : octet === 0xf0 ? 0x90 : 0x80;
  survey.top = octet === 0xed ? 0x9f : octet === 0xf4 ? 0x8f : 0xbf;
  if (octet >= 0xc2 && octet <= 0xdf) survey.due = 1;
  else if (octet >= 0xe0 && octet <= 0xef) survey.due = 2;
  else if (octet >= 0xf0 && octet <= 0xf4) survey.due = 3;
  else fault(survey, at, true);
}

function follow(survey: OctetSurvey, octet: number, at: number): void {
  if (octet < survey.low || octet > survey.top) fault(survey, at, true);
  survey.low = 0x80;
  survey.top = 0xbf;
  survey.due--;
  if (survey.nearNonCharacter === 0) return;
  if (survey.nearNonCharacter === 2 && octet >= 0xbe) fault(survey, at, false);
  survey.nearNonCharacter = octet === 0xbf ? 2 : 0;
}

function fault(survey: OctetSurvey, at: number, isEncoding: boolean): void {
  if (survey.faultAt >= 0) return;
  survey.faultAt = at;
  survey.faultIsEncoding = isEncoding;
}

/** `String.prototype.isWellFormed` is in every runtime that is supported, and not yet in the types. */
function isWellFormed(text: string): boolean {
  return (text as unknown as { isWellFormed: () => boolean }).isWellFormed();
}

/** UTF-8 of text. Throws `xml.character` for a lone surrogate, which would become U+FFFD unseen. */
export function octetsFromText(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text);
  if (octets.length > text.length && !isWellFormed(text)) {
    const offset = text.search(/\p{Surrogate}/u);
    throw xmlError("xml.character", { offset }, "It is a lone surrogate.");
  }
  return octets;
}

const PIECE = 16_384;

/**
 * Every character is one of ASCII that XML can hold. Looked at piece by piece: memory for all of the
 * octets would take longer than the look.
 */
export function isOrdinaryAscii(text: string): boolean {
  const encoder = new TextEncoder();
  const octets = new Uint8Array(Math.min(PIECE, text.length));
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.slice(at, at + PIECE);
    const { read, written } = encoder.encodeInto(piece, octets);
    if (read < piece.length || written > read) return false;
    const survey = surveyOctets(octets.subarray(0, written));
    if (survey.high !== undefined || survey.faultAt >= 0) return false;
  }
  return true;
}

/** The octets of ordinary text, one character each. */
export function encodeLatin1(text: string): string {
  if (!/[\x80-\uffff]/.test(text)) return text;
  return toLatin1(new TextEncoder().encode(text));
}

/** What base64 stands for, white space of XML anywhere in it; undefined where it is none. */
export function octetsOfBase64(text: string): Uint8Array | undefined {
  const dense = text.replace(/[\t\n\r ]+/g, "");
  const isBase64 = dense.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(dense);
  return isBase64 ? fromCleanBase64(dense) : undefined;
}

/** A text stands at a place. Comparing a slice is four times as fast as `startsWith`. */
export function standsAt(text: string, window: string, at: number): boolean {
  return window.slice(at, at + text.length) === text;
}

/** A string that does not keep alive the larger one that it was cut from. */
export function detached(latin1: string): string {
  // Shorter ones are always copies of their own.
  if (latin1.length < 13) return latin1;
  return ` ${latin1}`.slice(1);
}
