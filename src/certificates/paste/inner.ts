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
  const named = (entry: CodeEntry, found: readonly SpelledBytes[]): InnerInput[] =>
    found.map(({ bytes, start }) => ({ bytes, start, entry }));
  const nested = named(REPAIRS.doubleBase64, findNestedText(clean.text));
  return [
    ...named(REPAIRS.binaryText, binary === undefined ? [] : [binary]),
    ...named(REPAIRS.hex, findDumps(original)),
    ...named(REPAIRS.hex, findByteLists(original)),
    ...named(REPAIRS.hex, findByteStrings(original)),
    ...nested.map((one) => ({ ...one, start: originOf(clean, one.start) })),
  ].filter(({ bytes }) => bytes.length >= SHORTEST);
}
