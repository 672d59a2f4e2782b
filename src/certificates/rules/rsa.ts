import { toHex } from "../../core/bytes.ts";
import type { RsaNumbers } from "../x509/public-key.ts";
import type { RuleFacts } from "./rule.ts";

/** The numbers of an RSA key that could be read; undefined for other keys. */
export function rsaNumbers({ reading }: RuleFacts): RsaNumbers | undefined {
  const { rsa } = reading.key;
  return rsa !== undefined && reading.certificate.publicKey.bits > 0 ? rsa : undefined;
}

/** The modulus modulo a number below 2^23: so small that all stays in the integers of 32 bits. */
export function modulo(bytes: Uint8Array, divisor: number): number {
  let rest = 0;
  for (let i = 0; i < bytes.length; i++) rest = ((rest << 8) | (bytes[i] as number)) % divisor;
  return rest;
}

export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
