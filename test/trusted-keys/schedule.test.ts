import { describe, expect, it } from "vitest";
import { nextAttempt, nextRead, refreshOf } from "../../src/trusted-keys/schedule.ts";
import { fc } from "../support/property.ts";

const seconds = fc.double({ min: 0.001, max: 1e9, noNaN: true });
const hint = fc.option(seconds, { nil: undefined });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the schedule", () => {
  it("is Shibboleth's: the factor of the tightest hint, between the limits", () => {
    const shibboleth = refreshOf({ minSeconds: 2, maxSeconds: 60 });
    expect(nextRead({ cacheDuration: 8 }, shibboleth, 0)).toBe(6);
    expect(nextRead({ cacheDuration: 8, untilInvalid: 4 }, shibboleth, 0)).toBe(3);
    expect(nextRead({ cacheDuration: 1 }, shibboleth, 0)).toBe(2);
    expect(nextRead({ cacheDuration: 9999 }, shibboleth, 0)).toBe(60);
    expect(nextRead({}, shibboleth, 0)).toBe(60);
    expect(nextRead({ maxAge: 12, cacheDuration: 99 }, shibboleth, 0)).toBe(9);
  });

  it("never leaves its limits", () => {
    fc.assert(
      fc.property(hint, hint, hint, seconds, seconds, random, (a, b, c, min, max, chance) => {
        const refresh = refreshOf({ minSeconds: min, maxSeconds: max });
        const lifetimes = { untilInvalid: a, cacheDuration: b, maxAge: c };
        const wait = nextRead(lifetimes, refresh, chance);
        expect(wait).toBeGreaterThanOrEqual(refresh.minSeconds);
        expect(wait).toBeLessThanOrEqual(refresh.maxSeconds);
      }),
    );
  });

  it("doubles the wait after each failure, up to the longest", () => {
    const refresh = refreshOf({ minSeconds: 10, maxSeconds: 100 });
    expect([1, 2, 3, 4, 5, 500].map((n) => nextAttempt(n, refresh, 0))).toEqual([
      10, 20, 40, 80, 100, 100,
    ]);
    expect(nextAttempt(1, refresh, 0.99)).toBeGreaterThanOrEqual(9);
  });
});
