import type { CodeEntry } from "../../core/finding.ts";
import { bytesOfBinaryText } from "./binary-text.ts";
import {
  beginsLikeDer,
  beginsLikeKeystore,
  findByteLists,
  type SpelledBytes,
} from "./byte-list.ts";
import { findByteStrings } from "./byte-string.ts";
import { type CleanText, MAX_ROUNDS, originOf } from "./clean.ts";
import { REPAIRS } from "./codes.ts";
import { findDumps } from "./dump.ts";
import { findNestedText, isText } from "./nested.ts";

const SEQUENCE = 0x30;

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
  const written = unescaped(original);
  const spelled = promising(REPAIRS.hex, [...numbersIn(written), ...findByteStrings(written)]);
  return [
    ...promising(REPAIRS.binaryText, binary === undefined ? [] : [binary]),
    ...(written === original ? spelled : spelled.map((one) => ({ ...one, start: 0 }))),
    // What cleaning undoes is part of what was printed, or was done to it afterwards.
    ...inClean(clean, text === original ? [] : promising(REPAIRS.hex, numbersIn(text))),
    ...inClean(clean, together(promising(REPAIRS.doubleBase64, findNestedText(text)))),
  ];
}

/** A literal of bytes within other ones, as it is by itself: in each, every backslash is there twice. */
function unescaped(text: string): string {
  let plain = text;
  for (let round = 0; round < MAX_ROUNDS && isWithinLiteral(plain); round++) {
    plain = plain.replaceAll(/\\(["\\])/g, "$1");
  }
  return plain;
}

/** No byte is escaped once: a backslash that stands for itself is doubled too, and may precede an x. */
function isWithinLiteral(text: string): boolean {
  return /\\\\[xu\d]/.test(text) && !/(?<!\\)\\(?:[x\d]|u00)/.test(text);
}

function numbersIn(text: string): SpelledBytes[] {
  return [...findDumps(text), ...findByteLists(text)];
}

/** What begins like DER or like text. */
function promising(entry: CodeEntry, found: readonly SpelledBytes[]): InnerInput[] {
  return found
    .filter(
      ({ bytes }) =>
        bytes.length >= SHORTEST &&
        (bytes[0] === SEQUENCE
          ? beginsLikeDer(bytes)
          : beginsLikeKeystore(bytes) || isText(bytes.subarray(0, SHORTEST))),
    )
    .map(({ bytes, start }) => ({ bytes, start, entry }));
}

function inClean(clean: CleanText, inner: readonly InnerInput[]): InnerInput[] {
  return inner.map((one) => ({ ...one, start: originOf(clean, one.start) }));
}

/** Many texts are read as one, so that there is no end of small ones. */
function together(texts: readonly InnerInput[]): InnerInput[] {
  const [first] = texts;
  if (first === undefined || texts.length === 1) return [...texts];
  const size = texts.reduce((sum, { bytes }) => sum + bytes.length + 1, 0);
  const all = new Uint8Array(size).fill(10);
  let at = 0;
  for (const { bytes } of texts) {
    all.set(bytes, at);
    at += bytes.length + 1;
  }
  return [{ ...first, bytes: all }];
}
