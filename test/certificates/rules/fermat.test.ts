import { expect, test } from "vitest";
import { isFermatFactorable } from "../../../src/certificates/rules/fermat.ts";
import { fc } from "../../support/property.ts";

const bitsOf = (n: bigint): number => n.toString(2).length;

/** Slow and plain: each step squares, and each root is searched for bit by bit. */
function isFactorablePlainly(n: bigint): boolean {
  const root = (square: bigint): bigint => {
    let found = 0n;
    for (let bit = 1n << BigInt(bitsOf(square) >> 1); bit > 0n; bit >>= 1n)
      if ((found + bit) ** 2n <= square) found += bit;
    return found;
  };
  const start = root(n);
  for (let a = start; a < start + 100n; a++) {
    const square = a * a - n;
    if (square >= 0n && root(square) ** 2n === square) return true;
  }
  return false;
}

const odd = (bits: number): fc.Arbitrary<bigint> =>
  fc.bigInt({ min: 1n << BigInt(bits - 1), max: (1n << BigInt(bits)) - 1n }).map((n) => n | 1n);

test("the sieve and the quick root agree with plain arithmetic", () => {
  const sizes = fc.integer({ min: 8, max: 1100 }).chain(odd);
  fc.assert(
    fc.property(sizes, (n) => {
      expect(isFermatFactorable(n, bitsOf(n))).toBe(isFactorablePlainly(n));
    }),
    { numRuns: 300 },
  );
});

test("two factors with a small difference are found at any size", () => {
  const pairs = fc.integer({ min: 16, max: 2048 }).chain((bits) =>
    fc.tuple(
      odd(bits),
      fc.bigInt({ min: 0n, max: 1n << BigInt(bits >> 1) }).map((d) => d * 2n),
    ),
  );
  fc.assert(
    fc.property(pairs, ([p, difference]) => {
      const n = p * (p + difference);
      expect(isFermatFactorable(n, bitsOf(n))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
