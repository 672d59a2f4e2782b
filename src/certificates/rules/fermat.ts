/** Steps that zlint takes too; primes that were chosen at random are never this close. */
const ROUNDS = 100;

/**
 * True if a few steps of Fermat's method factor `n`: looks for a and b with n = a^2 - b^2, from
 * a = ceil(sqrt(n)) on.
 */
export function isFermatFactorable(n: bigint): boolean {
  if (n < 9n || (n & 1n) === 0n) return false;
  let root = squareRoot(n);
  if (root * root === n) return true;
  root += 1n;
  // Residues of a^2 - n that a square cannot have are sieved with small numbers.
  const first = Number(root % SIEVE);
  const target = Number(n % SIEVE);
  for (let i = 0; i < ROUNDS; i++) {
    const residue = (first + i) % SIEVE_SIZE;
    const difference = (residue * residue - target + SIEVE_SIZE * SIEVE_SIZE) % SIEVE_SIZE;
    if (!MODULI.every((modulus) => isResidue(difference % modulus, modulus))) continue;
    const a = root + BigInt(i);
    const square = a * a - n;
    const b = squareRoot(square);
    if (b * b === square) return true;
  }
  return false;
}

const MODULI: readonly number[] = [64, 63, 65, 11, 17];
const SIEVE_SIZE: number = 64 * 63 * 65 * 11 * 17;
const SIEVE: bigint = /* @__PURE__ */ BigInt(SIEVE_SIZE);

/** True if a square can leave this rest. */
function isResidue(rest: number, modulus: number): boolean {
  for (let i = 0; i <= modulus >> 1; i++) if ((i * i) % modulus === rest) return true;
  return false;
}

/** Floor of the square root, by Newton's method from above. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
