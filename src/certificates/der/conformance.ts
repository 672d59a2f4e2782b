import { ambiguityChecks } from "./ambiguity.ts";
import type { Checks } from "./checks.ts";
import { NULL, note } from "./reader.ts";

const conformance: Omit<
  Checks,
  keyof typeof ambiguityChecks | "nameValue" | "parameters" | "key" | "signature"
> = {
  any(reader, tag, name) {
    const { start, end } = reader;
    if (tag === NULL && end > start) note(reader, "der.null_content", start, name);
  },

  integer(reader, name) {
    const { bytes, start, end } = reader;
    // 8.3.2: the first nine bits are neither all zero nor all one.
    const first = bytes[start] as number;
    const second = bytes[start + 1] as number;
    const superfluous = first === 0 ? second < 0x80 : first === 0xff && second >= 0x80;
    if (superfluous && end - start > 1) note(reader, "der.non_minimal_integer", start, name);
  },

  flag(reader, name) {
    const { bytes, start } = reader;
    if (bytes[start] === 0) note(reader, "der.default_encoded", start, name);
    else if (bytes[start] !== 0xff) note(reader, "der.boolean_not_canonical", start, name);
  },

  bits(reader, name) {
    const { bytes, start, end } = reader;
    // 8.6.2 and 11.2.1: unused bits are zero.
    const unused = start < end ? (bytes[start] as number) : 8;
    const last = end - start > 1 ? (bytes[end - 1] as number) : 0xff;
    if (unused > 7 || (unused > 0 && last % 2 ** unused > 0)) {
      note(reader, "der.unused_bits", start, name);
    }
  },

  octetBits(reader, name) {
    const { bytes, start } = reader;
    if (bytes[start] !== 0) note(reader, "der.unused_bits", start, name);
  },

  namedBits(reader, name) {
    const { bytes, start, end } = reader;
    // 11.2: unused bits are zero, and the last used one is one.
    const last = bytes[end - 1] as number;
    if (end - start > 1 && (last & -last) !== 1 << (bytes[start] as number)) {
      note(reader, "der.unused_bits", start, name);
    }
  },

  order(reader, previous, at) {
    const { bytes, position } = reader;
    if (previous >= 0 && compare(bytes, previous, at, position) > 0) {
      note(reader, "der.set_order", at);
    }
  },
};

/** The checks of DER itself (X.690). */
export const derChecks: typeof ambiguityChecks & typeof conformance = /* @__PURE__ */ Object.assign(
  {},
  ambiguityChecks,
  conformance,
);

/** X.690 11.6: the encodings of a SET OF ascend, the shorter one padded with zeros. */
function compare(bytes: Uint8Array, a: number, b: number, end: number): number {
  for (let i = 0; a + i < b && b + i < end; i++) {
    const difference = (bytes[a + i] as number) - (bytes[b + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
