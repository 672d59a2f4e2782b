import { toHex } from "../../core/bytes.ts";
import type { CertificateSubject } from "./subject.ts";

/** A curve y^2 = x^3 + ax + b over the prime field of p. */
interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

/** The domain parameters of SP 800-186, 3.2.1, and of SEC 2, 2.4.1. */
const CURVES: Readonly<Record<string, () => Curve>> = {
  "P-256": () => ({
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  }),
  "P-384": () => ({
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    a: -3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  }),
  "P-521": () => ({
    p: 2n ** 521n - 1n,
    a: -3n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  }),
  secp256k1: () => ({ p: 2n ** 256n - 2n ** 32n - 977n, a: 0n, b: 7n }),
};

/** The fault of a public key that is not a point on its curve, for the common curves. */
export function pointFault({
  reading,
  certificate,
}: CertificateSubject): "invalid" | "compressed" | undefined {
  const { curve: name = "" } = certificate.publicKey;
  if (!Object.hasOwn(CURVES, name)) return undefined;
  const { p, a, b } = (CURVES[name] as () => Curve)();
  const point = reading.der.subarray(reading.key.start, reading.key.end);
  const size = Math.ceil((certificate.publicKey.bits ?? 0) / 8);
  // SEC 1, 2.3.4: 04 and both coordinates, or 02 or 03 and the first one.
  const compressed = point[0] === 2 || point[0] === 3;
  if (point.length !== (compressed ? 1 + size : 1 + 2 * size)) return "invalid";
  const x = numberOf(point, 1, 1 + size);
  const y2 = ((x * x + a) * x + b) % p;
  if (x >= p) return "invalid";
  if (compressed)
    return power((y2 + p) % p, (p - 1n) / 2n, p) === p - 1n ? "invalid" : "compressed";
  const y = numberOf(point, 1 + size, point.length);
  return point[0] === 4 && y < p && (y * y - y2) % p === 0n ? undefined : "invalid";
}

function numberOf(bytes: Uint8Array, start: number, end: number): bigint {
  return BigInt(`0x${toHex(bytes, start, end)}`);
}

/** Euler's criterion needs one power: p - 1 for what has no square root. */
function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  for (let bit = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * bit) % p;
    bit = (bit * bit) % p;
  }
  return result;
}
