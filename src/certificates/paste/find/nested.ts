import { decodeBase64, isBase64 } from "../../pem/base64.ts";
import { base64Bytes, sixBits } from "../../pem/base64-head.ts";

/** Text in base64: its bytes, and the part of the text around it that was decoded. */
export interface NestedText {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Bytes that are checked before a run is decoded: enough to recognise text. */
const HEAD = 18;

/**
 * Finds base64 of text: PEM as Kubernetes and others store it, base64 that was encoded once more, SAML
 * messages and metadata. Each run is decoded once.
 */
export function findNestedText(text: string): NestedText[] {
  const found: NestedText[] = [];
  let previous = false;
  for (let i = 0; i < text.length; i++) {
    const inside = isBase64(text.charCodeAt(i));
    const start = inside && !previous;
    previous = inside;
    if (!start || !beginsLikeText(text, i)) continue;
    const run = decodeRun(text, i);
    found.push(run);
    i = run.end - 1;
    previous = true;
  }
  return found;
}

function beginsLikeText(text: string, start: number): boolean {
  // The first three bytes rule out most runs.
  if (!isText(base64Bytes(text, start, 3))) return false;
  const head = base64Bytes(text, start, HEAD);
  return head.length === HEAD && isText(head);
}

/** Letters, digits and the rest of ASCII, a byte order mark, and the zeros of UTF-16. */
export function isText(bytes: ArrayLike<number>): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte >= 32 ? byte < 127 : byte >= 9 && byte <= 13) continue;
    const isMark = i < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf || byte >= 0xfe);
    if (!isMark && (byte !== 0 || i === 0)) return false;
  }
  return bytes.length > 0;
}

/** Decodes a run up to its padding, or up to the last line that is only base64. */
function decodeRun(text: string, start: number): NestedText {
  const end = runEnd(text, start);
  const whole = text.slice(start, end);
  const line = text.charAt(end) === "=" || end === text.length ? -1 : whole.lastIndexOf("\n");
  const run = (line > 0 ? whole.slice(0, line) : whole)
    .replaceAll(/\s+/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  const length = run.length - ((run.length & 3) === 1 ? 1 : 0);
  const padded = run.slice(0, length) + "=".repeat(-length & 3);
  const decoded = decodeBase64(padded, 0, padded.length);
  return { bytes: decoded.fault === undefined ? decoded.bytes : new Uint8Array(), start, end };
}

/** Base64 of either alphabet, and white space. */
function runEnd(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && sixBits(code) < 0) return i;
  }
  return text.length;
}
