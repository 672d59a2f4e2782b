/**
 * SHA-1 and SHA-256 (FIPS 180-4) for runtimes whose only hash is asynchronous, such as browsers.
 */

/** The message with its padding, as big-endian words (FIPS 180-4, 5.1.1). */
function padded(data: Uint8Array): Uint32Array {
  const bytes = new Uint8Array((((data.length + 8) >> 6) + 1) << 6);
  bytes.set(data);
  bytes[data.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(data.length / 0x2000_0000));
  view.setUint32(bytes.length - 4, data.length << 3);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4));
}

function toBytes(state: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(state.length * 4);
  const view = new DataView(bytes.buffer);
  state.forEach((word, i) => {
    view.setUint32(i * 4, word);
  });
  return bytes;
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The first 32 fractional bits of the roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function fractions(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return Uint32Array.from(primes, (prime) => {
    const value = root(prime);
    return Math.floor((value - Math.floor(value)) * 2 ** 32);
  });
}

/** Section 6.2. */
export function sha256(data: Uint8Array): Uint8Array {
  const k = fractions(64, Math.cbrt);
  const state = fractions(8, Math.sqrt);
  const words = padded(data);
  const w = new Uint32Array(64);
  const at = (i: number): number => w[i] as number;
  for (let block = 0; block < words.length; block += 16) {
    w.set(words.subarray(block, block + 16));
    for (let t = 16; t < 64; t++) {
      const x = at(t - 15);
      const y = at(t - 2);
      const s0 = rotateLeft(x, 25) ^ rotateLeft(x, 14) ^ (x >>> 3);
      const s1 = rotateLeft(y, 15) ^ rotateLeft(y, 13) ^ (y >>> 10);
      w[t] = at(t - 16) + s0 + at(t - 7) + s1;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let t = 0; t < 64; t++) {
      const s1 = rotateLeft(e, 26) ^ rotateLeft(e, 21) ^ rotateLeft(e, 7);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (k[t] as number) + at(t)) | 0;
      const s0 = rotateLeft(a, 30) ^ rotateLeft(a, 19) ^ rotateLeft(a, 10);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i] = (state[i] as number) + word;
    });
  }
  return toBytes(state);
}

/** What differs between the four quarters of the 80 rounds (FIPS 180-4, 4.1.1 and 4.2.1). */
const SHA1_ROUNDS: readonly {
  readonly k: number;
  mix(b: number, c: number, d: number): number;
}[] = [
  { k: 0x5a827999, mix: (b, c, d) => (b & c) ^ (~b & d) },
  { k: 0x6ed9eba1, mix: (b, c, d) => b ^ c ^ d },
  { k: 0x8f1bbcdc, mix: (b, c, d) => (b & c) ^ (b & d) ^ (c & d) },
  { k: 0xca62c1d6, mix: (b, c, d) => b ^ c ^ d },
];

/** Section 6.1. */
export function sha1(data: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = padded(data);
  const w = new Uint32Array(80);
  const at = (i: number): number => w[i] as number;
  for (let block = 0; block < words.length; block += 16) {
    w.set(words.subarray(block, block + 16));
    for (let t = 16; t < 80; t++)
      w[t] = rotateLeft(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1);
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    SHA1_ROUNDS.forEach(({ k, mix }, quarter) => {
      for (let t = quarter * 20; t < quarter * 20 + 20; t++) {
        const next = (rotateLeft(a, 5) + mix(b, c, d) + e + k + at(t)) | 0;
        [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
      }
    });
    [a, b, c, d, e].forEach((word, i) => {
      state[i] = (state[i] as number) + word;
    });
  }
  return toBytes(state);
}
