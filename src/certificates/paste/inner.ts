import type { CodeEntry } from "../../core/finding.ts";
import { bytesOfBinaryText } from "./binary-text.ts";
import { findByteLists, type SpelledBytes } from "./byte-list.ts";
import { findByteStrings } from "./byte-string.ts";
import { type CleanText, originOf } from "./clean.ts";
import { REPAIRS } from "./codes.ts";
import { findDumps } from "./dump.ts";
import { findNestedText } from "./nested.ts";

/** An input within the input: bytes that its text spells out. */
export interface InnerInput {
  readonly bytes: Uint8Array;
  /** Offset into the original text. */
  readonly start: number;
  readonly entry: CodeEntry;
}

/** Shortest bytes that can hold anything; what is encoded in base64 is longer. */
const SHORTEST = 40;

/** All that a text holds in another form: numbers, literals of bytes, base64 of text, binary as text. */
export function innerInputs(original: string, clean: CleanText): InnerInput[] {
  const binary = bytesOfBinaryText(original);
  const { text } = clean;
  const named = (entry: CodeEntry, found: readonly SpelledBytes[]): InnerInput[] =>
    found.map(({ bytes, start }) => ({ bytes, start, entry }));
  const inClean = (inner: readonly InnerInput[]): InnerInput[] =>
    inner.map((one) => ({ ...one, start: originOf(clean, one.start) }));
  const numbers = (within: string): InnerInput[] =>
    named(REPAIRS.hex, [...findDumps(within), ...findByteLists(within)]);
  return [
    ...named(REPAIRS.binaryText, binary === undefined ? [] : [binary]),
    ...numbers(original),
    ...named(REPAIRS.hex, findByteStrings(original)),
    // What cleaning undoes is part of what was printed, or was done to it afterwards.
    ...(text === original ? [] : inClean(numbers(text))),
    ...inClean(named(REPAIRS.doubleBase64, findNestedText(text))),
  ].filter(({ bytes }) => bytes.length >= SHORTEST);
}
