import { describe, expect, test } from "vitest";
import { DerFault, type DerIssue } from "../../src/certificates/der/fault.ts";
import { createReader, INTEGER, read, SEQUENCE } from "../../src/certificates/der/reader.ts";

/** Reads one element within a limit; gives its content, or the issue. */
function outcome(hex: string, limit: number, tag = SEQUENCE): readonly number[] | DerIssue {
  const reader = createReader(Buffer.from(hex, "hex"));
  reader.limit = limit;
  try {
    read(reader, tag, "element");
    return [reader.start, reader.end];
  } catch (error) {
    if (error instanceof DerFault) return error.issue;
    throw error;
  }
}

describe("read", () => {
  test.each([
    ["3003020101", 5, [2, 5]],
    ["3000", 2, [2, 2]],
    ["308103020101", 6, [3, 6]],
    ["30820003020101", 7, [4, 7]],
  ] as const)("gives the content of %s", (hex, limit, content) => {
    expect(outcome(hex, limit)).toEqual(content);
  });

  test.each([
    ["30", 1],
    ["3003", 2],
    ["30030201", 4],
    ["3081", 2],
    ["308203", 3],
    ["30820003", 3],
    ["3081030201", 5],
    // The enclosing element ends before this one, and more bytes follow.
    ["3003020101", 4],
    ["3003020101", 1],
    ["308103020101", 2],
  ])("calls %s cut at %i bytes", (hex, limit) => {
    expect(outcome(hex, limit)).toMatchObject({ code: "der.truncated", offset: 0 });
  });

  test("finds nothing at the end of the enclosing element, whatever follows it", () => {
    const { tags } = outcome("3000", 0) as DerIssue;
    expect(tags).toEqual([SEQUENCE, undefined]);
    expect(outcome("", 0)).toMatchObject({ code: "der.truncated" });
    expect(outcome("3000", 2, INTEGER)).toMatchObject({ tags: [INTEGER, SEQUENCE] });
  });
});
