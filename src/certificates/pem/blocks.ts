import type { Location } from "../../core/finding.ts";
import { type Problem, problemError } from "../problem.ts";
import { pemLabelMismatch, pemMissingBegin, pemMissingEnd } from "./codes.ts";

/** One block of a PEM text (RFC 7468, 3), by offsets into the text. */
export interface PemBlock {
  readonly label: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly end: number;
}

const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";

/** Line and column of an offset, counted from 1. CRLF, LF and CR all end a line. */
export function locate(text: string, offset: number): Location {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && (code !== 13 || text.charCodeAt(i + 1) === 10)) continue;
    line++;
    lineStart = i + 1;
  }
  return { line, column: offset - lineStart + 1, offset };
}

function failAt(text: string, offset: number, entry: Problem["entry"]): never {
  throw problemError({ entry, at: locate(text, offset) });
}

/** Longest label that is read; the longest registered one has 24 characters. */
const LONGEST_LABEL = 64;

/** The offset after the label that starts at `from`, or -1 where no dashes close it. */
function labelEnd(text: string, from: number): number {
  const end = text.slice(from, from + LONGEST_LABEL + DASHES.length).indexOf(DASHES);
  return end < 0 ? -1 : from + end;
}

/** All blocks of a PEM text, with explanatory text around them left out. Throws at a fault. */
export function readPemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let position = 0;
  for (;;) {
    const start = text.indexOf(BEGIN, position);
    const endLine = text.indexOf(END, position);
    if (start < 0 && endLine < 0) return blocks;
    if (start < 0 || (endLine >= 0 && endLine < start)) failAt(text, endLine, pemMissingBegin);
    if (endLine < 0) failAt(text, start, pemMissingEnd);
    const close = labelEnd(text, start + BEGIN.length);
    if (close < 0 || close > endLine) failAt(text, start, pemMissingBegin);
    const label = text.slice(start + BEGIN.length, close);
    const endClose = labelEnd(text, endLine + END.length);
    if (endClose < 0) failAt(text, endLine, pemMissingEnd);
    if (text.slice(endLine + END.length, endClose) !== label)
      failAt(text, endLine, pemLabelMismatch);
    const end = endClose + DASHES.length;
    blocks.push({ label, start, bodyStart: close + DASHES.length, bodyEnd: endLine, end });
    position = end;
  }
}
