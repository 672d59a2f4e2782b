import type { ReadingCode } from "../issue.ts";
import { MAX_CERTIFICATES } from "../limits.ts";
import { type Base64Result, decodeBase64 } from "./base64.ts";

/** One PEM block. */
export interface PemBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** A fault of a text as PEM, and its place. */
export interface PemFault {
  readonly fault: ReadingCode;
  readonly offset: number;
}

const MARKER = /^-----(BEGIN|END) ([A-Z\d .#-]{1,64}?)-----[ \t]*$/gm;

/** Remains of a BEGIN or END line, or base64 of DER, outside the blocks. */
const STRAY = /-[ \t]?(?:BEGIN|END)\b|(?<![A-Za-z\d+/])MI[A-Za-z\d+/]{38}/;

/**
 * The blocks of a PEM text (RFC 7468): BEGIN and END on lines of their own with the same label, and
 * nothing but base64 and white space between them. Explanatory text may stand outside the blocks.
 */
export function readPem(text: string): readonly PemBlock[] | PemFault {
  const blocks: PemBlock[] = [];
  const markers = [...text.matchAll(MARKER)];
  let outside = 0;
  for (let i = 0; i < markers.length; i += 2) {
    const block = readBlock(text, outside, markers[i] as RegExpExecArray, markers[i + 1]);
    if ("fault" in block) return block;
    if (blocks.push(block) > MAX_CERTIFICATES) return { fault: "input.too_many", offset: outside };
    outside = block.end;
  }
  if (blocks.length === 0) return { fault: "pem.missing_begin", offset: 0 };
  return strayIn(text, outside, text.length) ?? blocks;
}

function readBlock(
  text: string,
  outside: number,
  begin: RegExpExecArray,
  end: RegExpExecArray | undefined,
): (PemBlock & { readonly end: number }) | PemFault {
  const [line, kind, label = ""] = begin;
  if (kind === "END") return { fault: "pem.missing_begin", offset: begin.index };
  const stray = strayIn(text, outside, begin.index);
  if (stray !== undefined) return stray;
  if (end?.[1] !== "END") return { fault: "pem.missing_end", offset: begin.index };
  if (end[2] !== label) return { fault: "pem.label_mismatch", offset: end.index };
  const body = bodyOf(text, begin.index + line.length, end.index);
  if (body.fault !== undefined) return body;
  return { label, bytes: body.bytes, end: end.index + end[0].length };
}

function strayIn(text: string, start: number, end: number): PemFault | undefined {
  const at = text.slice(start, end).search(STRAY);
  return at < 0 ? undefined : { fault: "pem.stray_text", offset: start + at };
}

function bodyOf(text: string, start: number, end: number): Base64Result {
  const decoded = decodeBase64(text, start, end);
  if (decoded.fault !== undefined) return decoded;
  if (decoded.padBits) return { fault: "base64.nonzero_pad_bits", offset: end - 1 };
  return decoded.bytes.length === 0 ? { fault: "pem.empty_body", offset: start } : decoded;
}
