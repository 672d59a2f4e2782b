import { toHex } from "../../core/bytes.ts";
import type { RsaNumbers } from "../x509/public-key.ts";
import type { RuleFacts } from "./rule.ts";

/** The numbers of an RSA key that could be read; undefined for other keys. */
export function rsaNumbers({ reading }: RuleFacts): RsaNumbers | undefined {
  const { rsa } = reading.key;
  return rsa !== undefined && reading.certificate.publicKey.bits > 0 ? rsa : undefined;
}

/** The modulus modulo a number below 2^37, two bytes at a time. */
export function modulo(bytes: Uint8Array, divisor: number): number {
  let rest = 0;
  let i = 0;
  if (bytes.length % 2 === 1) rest = (bytes[i++] as number) % divisor;
  for (; i < bytes.length; i += 2) {
    rest = (rest * 65_536 + (bytes[i] as number) * 256 + (bytes[i + 1] as number)) % divisor;
  }
  return rest;
}

export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
