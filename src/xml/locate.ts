import { decodeLatin1 } from "../core/bytes.ts";
import type { Location } from "../core/finding.ts";

/**
 * The place of a byte. `before` are the bytes before it, or those since the last line end; `lines` and
 * `offset` count the ones before these.
 */
export function placeAfter(before: string, lines = 0, offset = 0): Location {
  let line = lines + 1;
  let lineStart = 0;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const column = decodeLatin1(before.slice(lineStart)).length + 1;
  return { line, column, offset: offset + before.length };
}
