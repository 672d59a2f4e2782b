import { toHex } from "../../core/bytes.ts";
import type { Span } from "../der/checks.ts";
import type { CertificateReading } from "../x509/certificate.ts";

/** The numbers of an RSA key. Either may be zero or negative: INTEGERs are signed. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** The numbers of an RSA key that could be read; undefined for other keys. */
export function rsaNumbers({ der, key }: CertificateReading): RsaNumbers | undefined {
  if (key.rsa === undefined) return undefined;
  return { modulus: signed(der, key.rsa.modulus), exponent: signed(der, key.rsa.exponent) };
}

/** The number that a span spells in two's complement (X.690 8.3.3). */
function signed(bytes: Uint8Array, { start, end }: Span): bigint {
  const value = BigInt(`0x${toHex(bytes, start, end)}`);
  return (bytes[start] as number) < 0x80 ? value : BigInt.asIntN((end - start) * 8, value);
}
