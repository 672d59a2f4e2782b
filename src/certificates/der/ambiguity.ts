import type { Checks } from "./checks.ts";
import { note } from "./reader.ts";

/** The checks for what parsers read to different results: bytes that some drop, and dates. */
export const ambiguityChecks: Pick<Checks, "length" | "rest" | "time"> = {
  length(reader, name, length) {
    const { bytes, position } = reader;
    // 10.1: the fewest bytes.
    if (length < 0x80 || bytes[position + 2] === 0) {
      note(reader, "der.non_minimal_length", position, name);
    }
  },

  rest(reader) {
    const { position, limit } = reader;
    if (position < limit) {
      note(reader, "der.trailing_data", position, undefined, { count: limit - position });
    }
  },

  time(raw, length) {
    const rest = raw.replace(/^\d+/, "");
    const digits = raw.length - rest.length;
    if (digits === length && (rest.startsWith(".") || rest.startsWith(","))) return "time.fraction";
    if (digits === length - 2 && (rest === "Z" || isOffset(rest))) return "time.no_seconds";
    if (digits === length && (rest === "" || isOffset(rest))) return "time.not_zulu";
    return "time.malformed";
  },
};

function isOffset(text: string): boolean {
  return /^[+-]\d{4}$/.test(text);
}
