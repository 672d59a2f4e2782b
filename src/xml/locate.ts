import { decodeLatin1 } from "../core/bytes.ts";
import type { Location } from "../core/finding.ts";

/**
 * The place of an octet. `before` is what stands before it, as octets or as far back as the last line
 * end; `lines` and `offset` count what was dropped before that.
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
