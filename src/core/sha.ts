/**
 * SHA-1 and SHA-256 (FIPS 180-4) in lower-case hex, for runtimes whose only hash is asynchronous, such
 * as browsers.
 */

type Words = number[];

/**
 * The common part of both: blocks of 16 words. `compress` expands a block to one word per round and mixes
 * the words into a copy of the state.
 */
function hash(
  data: Uint8Array,
  start: Words,
  compress: (words: Words, state: Words) => Words,
): string {
  // Padded to whole blocks, with the length in bits at the end (5.1.1).
  const view = new DataView(new ArrayBuffer((((data.length + 8) >> 6) + 1) << 6));
  new Uint8Array(view.buffer).set(data);
  view.setUint8(data.length, 0x80);
  view.setBigUint64(view.byteLength - 8, BigInt(data.length * 8));
  let state = start;
  for (let block = 0; block < view.byteLength; block += 64) {
    const words = Array.from({ length: 16 }, (_, i) => view.getInt32(block + i * 4));
    const mixed = compress(words, state);
    state = state.map((word, i) => (word + (mixed[i] as number)) | 0);
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Bitwise choice: y where x is set, else z (4.1.1 and 4.1.2). */
function choose(x: number, y: number, z: number): number {
  return (x & y) ^ (~x & z);
}

/** Bitwise majority. */
function majority(x: number, y: number, z: number): number {
  return (x & y) ^ (x & z) ^ (y & z);
}

function parity(x: number, y: number, z: number): number {
  return x ^ y ^ z;
}

/** The first 32 fractional bits of the roots of the first primes (4.2.2 and 5.3.3). */
function fractions(count: number, root: (prime: number) => number): Words {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return primes.map((prime) => ((root(prime) % 1) * 2 ** 32) | 0);
}

type Eight = [number, number, number, number, number, number, number, number];

/** Section 6.2. */
export function sha256(data: Uint8Array): string {
  const k = fractions(64, Math.cbrt);
  return hash(data, fractions(8, Math.sqrt), (words, state) => {
    const at = (i: number): number => words[i] as number;
    for (let t = 16; t < 64; t++) {
      const x = at(t - 15);
      const y = at(t - 2);
      const s0 = rotateLeft(x, 25) ^ rotateLeft(x, 14) ^ (x >>> 3);
      const s1 = rotateLeft(y, 15) ^ rotateLeft(y, 13) ^ (y >>> 10);
      words.push((at(t - 16) + s0 + at(t - 7) + s1) | 0);
    }
    let [a, b, c, d, e, f, g, h] = state as Eight;
    for (let t = 0; t < 64; t++) {
      const s1 = rotateLeft(e, 26) ^ rotateLeft(e, 21) ^ rotateLeft(e, 7);
      const t1 = (h + s1 + choose(e, f, g) + (k[t] as number) + at(t)) | 0;
      const s0 = rotateLeft(a, 30) ^ rotateLeft(a, 19) ^ rotateLeft(a, 10);
      const t2 = s0 + majority(a, b, c);
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    return [a, b, c, d, e, f, g, h];
  });
}

/** The function and the constant of each quarter of the 80 rounds (4.1.1 and 4.2.1). */
const SHA1_MIXES = [choose, parity, majority, parity];
const SHA1_K = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

/** Section 6.1. */
export function sha1(data: Uint8Array): string {
  const start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  return hash(data, start, (words, state) => {
    const at = (i: number): number => words[i] as number;
    let [a, b, c, d, e] = state as Eight;
    for (let t = 0; t < 80; t++) {
      if (t > 15) words.push(rotateLeft(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1));
      const quarter = Math.floor(t / 20);
      const mix = SHA1_MIXES[quarter] as typeof parity;
      const next = (rotateLeft(a, 5) + mix(b, c, d) + e + (SHA1_K[quarter] as number) + at(t)) | 0;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
    }
    return [a, b, c, d, e];
  });
}
