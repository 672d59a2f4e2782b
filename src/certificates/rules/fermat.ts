/** Steps that zlint takes too; primes that were chosen at random are never this close. */
const ROUNDS = 100;

/**
 * True if a few steps of Fermat's method factor `n`: looks for a and b with n = a^2 - b^2, from
 * a = floor(sqrt(n)) on.
 */
export function isFermatFactorable(n: bigint, bits: number): boolean {
  if (n < 9n || (n & 1n) === 0n) return false;
  // The floor itself is tried too: for a square, b is 0.
  const start = squareRoot(n, bits);
  const startRest = Number(start % BigInt(SIEVE));
  const rest = Number(n % BigInt(SIEVE));
  for (let i = 0; i < ROUNDS; i++) {
    // Most candidates for b^2 are no squares by their rests alone, which small numbers tell.
    const a = (startRest + i) % SIEVE;
    if (!mayBeSquare((((a * a - rest) % SIEVE) + SIEVE) % SIEVE)) continue;
    const exact = start + BigInt(i);
    const square = exact * exact - n;
    if (square < 0n) continue;
    const b = squareRoot(square, square.toString(16).length * 4);
    if (b * b === square) return true;
  }
  return false;
}

const MODULI: readonly number[] = [64, 63, 65, 11, 17];
/** Their product. Its square is below 2^53. */
const SIEVE = 64 * 63 * 65 * 11 * 17;

/** For each modulus, the rests that squares leave. */
const SQUARES: readonly Uint8Array[] = /* @__PURE__ */ MODULI.map((modulus) => {
  const rests = new Uint8Array(modulus);
  for (let i = 0; i < modulus; i++) rests[(i * i) % modulus] = 1;
  return rests;
});

function mayBeSquare(rest: number): boolean {
  for (let i = 0; i < MODULI.length; i++) {
    if (SQUARES[i]?.[rest % (MODULI[i] as number)] === 0) return false;
  }
  return true;
}

/** Largest size that a double's square root is exact for. */
const EXACT_BITS = 50;

/** Floor of the square root of a number of at most `bits` bits: the upper half first, then Newton. */
function squareRoot(n: bigint, bits: number): bigint {
  if (bits <= EXACT_BITS) return BigInt(Math.floor(Math.sqrt(Number(n))));
  const half = bits >> 2;
  const shift = BigInt(half);
  // From above, so that the first step that does not descend has found it.
  let x = (squareRoot(n >> (2n * shift), bits - 2 * half) + 1n) << shift;
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
