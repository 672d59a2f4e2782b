import { derSize } from "../../der/size.ts";
import { isBase64 } from "../../pem/base64.ts";
import { base64Bytes } from "../../pem/base64-head.ts";
import type { Candidate } from "./blocks.ts";

/** Shortest base64 that is worth decoding. */
const SHORTEST_RUN = 40;
/** Bytes that contain the tag and length of a DER element. */
const HEAD = 6;

/** The next place where base64 of DER begins: a SEQUENCE of 128 bytes and more is `MI`. */
export function nextRun(text: string, from: number): Candidate | undefined {
  for (let i = from; i < text.length; i++) {
    if (!startsRun(text, i)) continue;
    const characters = (derSize(base64Bytes(text, i, HEAD)) * 4) / 3;
    // White space and joints of strings take room, too.
    if (characters < SHORTEST_RUN) continue;
    const limit = Math.min(text.length, i + 4 * characters + SHORTEST_RUN);
    const run = runEnd(text, i, limit);
    // Base64 that continues after one wrong character has not ended: it is damaged.
    const end = run - i < characters && goesOn(text, run + 1) ? run + 1 : run;
    if (end - i < SHORTEST_RUN) continue;
    return {
      ...{ from: i, start: i, end, to: end, label: "", open: true },
      notes: ["pem.no_armour_base64"],
    };
  }
  return undefined;
}

function goesOn(text: string, from: number): boolean {
  for (let i = from; i < from + HEAD; i++) if (!isBase64(text.charCodeAt(i))) return false;
  return true;
}

export function startsRun(text: string, i: number): boolean {
  return text.startsWith("MI", i) && (i === 0 || !isBase64(text.charCodeAt(i - 1)));
}

/** Base64, base64url, padding, white space and joints of strings. */
function runEnd(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && !isBase64(code) && !"=-_\"'`+,.;&\\".includes(text.charAt(i))) return i;
  }
  return end;
}
