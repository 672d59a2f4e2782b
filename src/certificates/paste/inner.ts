import type { ReadingCode } from "../issue.ts";
import { type CleanText, cleanOffset } from "./clean/clean.ts";
import { findNestedText, isText, type NestedText } from "./find/nested.ts";
import type { PasteReading } from "./pipeline.ts";
import { findSpelledBytes } from "./spelled/spelled.ts";

/** A part of the clean text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An inner input: bytes that the text contains in another encoding. */
export interface InnerInput {
  readonly bytes: Uint8Array;
  readonly spans: readonly Span[];
  readonly code: ReadingCode;
}

/** The reading of an inner input. */
export interface Inner {
  readonly spans: readonly Span[];
  readonly reading: PasteReading;
}

/** Base64 of text, and bytes that are written as hex, numbers or string literals. */
export function innerInputs(original: string, clean: CleanText): InnerInput[] {
  const spelled = findSpelledBytes(original, clean.text).map(
    ({ bytes, code, start, end, isClean }) => {
      const place = (offset: number) => (isClean ? offset : cleanOffset(clean, offset));
      return { bytes, code, spans: [{ start: place(start), end: place(end) }] };
    },
  );
  const nested = findNestedText(clean.text).filter(
    ({ bytes }) => bytes.length >= SHORTEST && isText(bytes.subarray(0, SHORTEST)),
  );
  return [...spelled, ...together(nested)];
}

/** Fewer bytes contain no certificate and no key, however often they are encoded. */
const SHORTEST = 40;

/** Many texts are read as one, so that many small ones cost no more than a large one. */
function together(texts: readonly NestedText[]): InnerInput[] {
  if (texts.length === 0) return [];
  const size = texts.reduce((sum, { bytes }) => sum + bytes.length + 1, 0);
  const all = new Uint8Array(size).fill(10);
  let at = 0;
  for (const { bytes } of texts) {
    all.set(bytes, at);
    at += bytes.length + 1;
  }
  const bytes = texts.length === 1 ? (texts[0]?.bytes as Uint8Array) : all;
  return [
    { bytes, code: "pem.double_base64", spans: texts.map(({ start, end }) => ({ start, end })) },
  ];
}
