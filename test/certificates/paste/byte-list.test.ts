import { describe, expect, test } from "vitest";
import { findByteLists } from "../../../src/certificates/paste/spelled/byte-list.ts";

describe("findByteLists", () => {
  const list = `3082${"0102030405060708".repeat(10)}`;
  const lengths = (text: string): number[] => findByteLists(text).map(({ bytes }) => bytes.length);

  test("finds a list after false starts, and gives up after 10,000 of them", () => {
    const falseStart = "30 zz ";
    expect(lengths(list)).toEqual([82]);
    expect(lengths(falseStart.repeat(9_999) + list)).toEqual([82]);
    expect(lengths(falseStart.repeat(10_000) + list)).toEqual([]);
  });

  test("ignores lists of fewer than 40 bytes", () => {
    expect(lengths(list.slice(0, 78))).toEqual([]);
    expect(lengths(list.slice(0, 80))).toEqual([40]);
  });
});
