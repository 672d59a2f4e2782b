import { describe, expect, test } from "vitest";
import { isoTime, unixSeconds } from "../../src/core/time.ts";
import { fc } from "../support/property.ts";

describe("unixSeconds", () => {
  test.each([
    ["2031-07-09T12:00:00Z", Date.UTC(2031, 6, 9, 12) / 1000],
    ["2031-07-09T12:00:00.750Z", Date.UTC(2031, 6, 9, 12) / 1000],
    ["2031-07-09T14:00:00+02:00", Date.UTC(2031, 6, 9, 12) / 1000],
    ["2031-07-09T07:30:00-0430", Date.UTC(2031, 6, 9, 12) / 1000],
    ["2031-07-09", Date.UTC(2031, 6, 9) / 1000],
    [1_941_364_800, 1_941_364_800],
    [new Date(1_941_364_800_999), 1_941_364_800],
  ])("reads %s", (instant, seconds) => {
    expect(unixSeconds(instant)).toBe(seconds);
  });

  test.each([
    ["2031-02-29"],
    ["2031-07-09T12:00:00"],
    ["2031"],
    ["today"],
    [""],
    [1.5],
    [Number.NaN],
  ])("refuses %s and names the argument", (instant) => {
    expect(() => unixSeconds(instant, "notAfter")).toThrow(
      new RangeError("notAfter must be a valid Date, an ISO 8601 text or whole unix seconds."),
    );
  });

  test("reads back what isoTime writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
        expect(unixSeconds(isoTime(seconds))).toBe(seconds);
      }),
      { seed: 12 },
    );
  });
});
