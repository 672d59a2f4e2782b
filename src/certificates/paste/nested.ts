import { decodeBase64, isBase64 } from "../pem/base64.ts";
import type { SpelledBytes } from "./byte-list.ts";

/** Characters of base64 that are looked at before a run is decoded: enough to know text by. */
const HEAD = 24;

/**
 * Finds base64 of text: PEM as Kubernetes and others store it, base64 that was encoded once more, SAML
 * messages and metadata. Each run is decoded once.
 */
export function findNestedText(text: string): SpelledBytes[] {
  const found: SpelledBytes[] = [];
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
  // Most runs are seen through by the first three bytes.
  return (
    isText(base64Bytes(text, start, 4), 3) && isText(base64Bytes(text, start, HEAD), HEAD * 0.75)
  );
}

/** The first bytes of a run of base64; none where it is shorter. */
export function base64Bytes(text: string, start: number, length: number): Uint8Array {
  const head = base64Head(text, start, length);
  const decoded = decodeBase64(head, 0, head.length - (head.length & 3));
  return decoded.fault === undefined ? decoded.bytes : new Uint8Array();
}

/** Letters, digits and the rest of ASCII, a byte order mark, and the zeros of UTF-16. */
function isText(bytes: Uint8Array, length: number): boolean {
  return (
    bytes.length === length &&
    bytes.every(
      (byte, i) =>
        (byte >= 32 && byte < 127) ||
        (byte >= 9 && byte <= 13) ||
        (byte === 0 && i > 0) ||
        (i < 3 && [0xef, 0xbb, 0xbf, 0xff, 0xfe].includes(byte)),
    )
  );
}

/** The first characters of a run of base64, over white space and with base64url's letters replaced. */
export function base64Head(text: string, start: number, length: number): string {
  // The usual run has nothing in between.
  let end = start;
  while (end < start + length && isBase64(text.charCodeAt(end))) end++;
  let head = text.slice(start, end);
  for (let i = end; i < start + 2 * length && i < text.length && head.length < length; i++) {
    const character = text.charAt(i);
    if (isBase64(text.charCodeAt(i))) head += character;
    else if (character === "-") head += "+";
    else if (character === "_") head += "/";
    else if (character > " ") break;
  }
  return head;
}

/** Decodes a run to its padding, to what is no base64, or to the last line that is nothing else. */
function decodeRun(text: string, start: number): SpelledBytes {
  const end = runEnd(text, start);
  const line = text.charAt(end) === "=" || end === text.length ? -1 : text.lastIndexOf("\n", end);
  const run = text
    .slice(start, line > start ? line : end)
    .replaceAll(/\s/g, "")
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
    if (code > 32 && !isBase64(code) && code !== 0x2d && code !== 0x5f) return i;
  }
  return text.length;
}
