import { toHex } from "../../core/bytes.ts";
import type { Span } from "../der/checks.ts";
import type { CertificateReading } from "../x509/certificate.ts";

/** The numbers of an RSA key. Either may be zero or negative: it is what the INTEGER says. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** The numbers of an RSA key that could be read; undefined for other keys. */
export function rsaNumbers(reading: CertificateReading): RsaNumbers | undefined {
  const { certificate, der, key } = reading;
  if (key.rsa === undefined || certificate.publicKey.bits === 0) return undefined;
  return { modulus: signed(der, key.rsa.modulus), exponent: signed(der, key.rsa.exponent) };
}

/** The number that the bytes of a span stand for in two's complement (X.690 8.3.3). */
function signed(bytes: Uint8Array, { start, end }: Span): bigint {
  const value = BigInt(`0x${toHex(bytes, start, end)}`);
  return (bytes[start] as number) < 0x80 ? value : BigInt.asIntN((end - start) * 8, value);
}
