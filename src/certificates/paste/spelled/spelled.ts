import type { ReadingCode } from "../../issue.ts";
import { MAX_ROUNDS } from "../clean/clean.ts";
import { isText } from "../find/nested.ts";
import { bytesOfBinaryText } from "./binary-text.ts";
import {
  beginsLikeDer,
  beginsLikeKeystore,
  findByteLists,
  type SpelledBytes,
} from "./byte-list.ts";
import { findByteStrings } from "./byte-string.ts";
import { findDumps } from "./dump.ts";

/** Bytes that are written as numbers, as a string literal, or as binary that was taken for text. */
export interface Spelled extends SpelledBytes {
  readonly code: ReadingCode;
  /** True if the offsets are of the clean text, not of the original one. */
  readonly isClean: boolean;
}

/**
 * Finds the bytes that a text spells out: hex dumps, byte arrays and string literals of programming
 * languages, binary that was opened as text. Few people paste these: the folder can be deleted
 * together with the call of this function.
 */
export function findSpelledBytes(original: string, clean: string): Spelled[] {
  const binary = bytesOfBinaryText(original);
  const written = unescaped(original);
  const inOriginal = promising([...numbersIn(written), ...findByteStrings(written)]);
  // Without its escapes the text is shorter: the whole of it counts as read.
  const whole = { start: 0, end: original.length };
  const placed =
    written === original ? inOriginal : inOriginal.map((one) => ({ ...one, ...whole }));
  // The cleaned text may be part of the printed form or later damage, so both are tried.
  const inClean = clean === original ? [] : promising(numbersIn(clean));
  return [
    ...promising(binary === undefined ? [] : [binary]).map(as("pem.binary_text", false)),
    ...placed.map(as("pem.hex", false)),
    ...inClean.map(as("pem.hex", true)),
  ];
}

function as(code: ReadingCode, isClean: boolean): (one: SpelledBytes) => Spelled {
  return (one) => ({ ...one, code, isClean });
}

/** Undoes one level of string escaping per round, where literals are within literals. */
function unescaped(text: string): string {
  let plain = text;
  for (let round = 0; round < MAX_ROUNDS && isWithinLiteral(plain); round++) {
    plain = plain.replaceAll(/\\(["\\])/g, "$1");
  }
  return plain;
}

/** True if every escape of a byte is itself escaped. */
function isWithinLiteral(text: string): boolean {
  return /\\\\[xu\d]/.test(text) && !/(?<!\\)\\(?:[x\d]|u00)/.test(text);
}

function numbersIn(text: string): SpelledBytes[] {
  const dumps = promising(findDumps(text));
  // The offsets of a dump look like bytes.
  const rest = dumps.reduce(
    (left, { start, end }) => left.slice(0, start) + " ".repeat(end - start) + left.slice(end),
    text,
  );
  return [...dumps, ...findByteLists(rest)];
}

/** Fewer bytes contain no certificate and no key. */
const SHORTEST = 40;
const SEQUENCE = 0x30;

/** Those that begin like DER, a keystore or text. */
function promising(found: readonly SpelledBytes[]): SpelledBytes[] {
  return found.filter(({ bytes }) => {
    if (bytes.length < SHORTEST) return false;
    if (bytes[0] === SEQUENCE) return beginsLikeDer(bytes);
    return beginsLikeKeystore(bytes) || isText(bytes.subarray(0, SHORTEST));
  });
}
