import { toHex } from "../../core/bytes.ts";
import type { CertificateReading } from "../x509/certificate.ts";

/** The numbers of an RSA key. Either may be zero or negative: it is what the INTEGER says. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** The numbers of an RSA key that could be read; undefined for other keys. */
export function rsaNumbers({ certificate, key }: CertificateReading): RsaNumbers | undefined {
  if (key.rsa === undefined || certificate.publicKey.bits === 0) return undefined;
  return { modulus: signed(key.rsa.modulus), exponent: signed(key.rsa.exponent) };
}

/** The number that big-endian bytes stand for in two's complement (X.690 8.3.3). */
function signed(bytes: Uint8Array): bigint {
  const value = BigInt(`0x${toHex(bytes)}`);
  return (bytes[0] as number) < 0x80 ? value : BigInt.asIntN(bytes.length * 8, value);
}
