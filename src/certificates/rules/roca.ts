/**
 * Primes of which the paper's test uses those that tell something, in groups whose product is a small
 * number, so that one division of the modulus gives the rest for all of a group. The first group alone
 * clears 49 of 50 sound keys.
 */
const GROUPS: readonly (readonly number[])[] = [
  [11, 13, 17, 37],
  [53, 61, 71],
  [19, 73, 79],
  [97, 103, 107],
  [109, 127, 151],
  [157],
];

const GENERATOR = 65_537;

/**
 * True if the modulus is a power of 65537 modulo every prime of the list, as those of the flawed
 * Infineon library are; a sound key has the mark about once in 2^27.
 */
export function hasRocaMark(modulus: bigint): boolean {
  return GROUPS.every((primes) => {
    const product = primes.reduce((all, prime) => all * prime, 1);
    const rest = Number(modulus % BigInt(product));
    return primes.every((prime) => isPower(rest % prime, prime));
  });
}

/** True if `rest` is a power of the generator modulo `prime`. */
function isPower(rest: number, prime: number): boolean {
  const step = GENERATOR % prime;
  let power = 1;
  do {
    if (power === rest) return true;
    power = (power * step) % prime;
  } while (power !== 1);
  return false;
}
