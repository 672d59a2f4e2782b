import {
  bitString,
  element,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  utf8String,
} from "../../../src/certificates/der/write.ts";
import { type ValidateOptions, validateCertificate } from "../../../src/certificates/index.ts";

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
export const utc = (text: string): Uint8Array => element(0x17, ascii(text));
export const generalized = (text: string): Uint8Array => element(0x18, ascii(text));
export const name = (value: Uint8Array): Uint8Array =>
  sequence(set(sequence(oid("2.5.4.3"), value)));
const ALGORITHM: Uint8Array = sequence(oid("1.2.840.113549.1.1.11"), nullValue());
export const MODULUS: string = `c1${"5d".repeat(254)}3b`;

/** The parts of a certificate, encoded. */
export interface Parts {
  version?: Uint8Array;
  serial?: Uint8Array;
  inner?: Uint8Array;
  notBefore?: Uint8Array;
  notAfter?: Uint8Array;
  issuer?: Uint8Array;
  subject?: Uint8Array;
  spki?: Uint8Array;
  rest?: readonly Uint8Array[];
  outer?: Uint8Array;
  signature?: Uint8Array;
}

export const rsa = (modulus: string, exponent: string | number = 65_537): Uint8Array =>
  sequence(
    sequence(oid("1.2.840.113549.1.1.1"), nullValue()),
    bitString(sequence(integer(modulus), integer(exponent))),
  );

/** A certificate of parts, each of which can be wrong. */
export function build(parts: Parts = {}): Uint8Array {
  const tbs = sequence(
    parts.version ?? element(0xa0, integer(2)),
    parts.serial ?? integer("0123456789abcdef01"),
    parts.inner ?? ALGORITHM,
    parts.issuer ?? name(utf8String("idp")),
    sequence(parts.notBefore ?? utc("250101000000Z"), parts.notAfter ?? utc("350101000000Z")),
    parts.subject ?? name(utf8String("idp")),
    parts.spki ?? rsa(MODULUS),
    ...(parts.rest ?? []),
  );
  return sequence(tbs, parts.outer ?? ALGORITHM, parts.signature ?? bitString(new Uint8Array(256)));
}

export const extensions = (...list: readonly Uint8Array[]): Uint8Array =>
  element(0xa3, sequence(...list));
export const extension = (id: string, value: Uint8Array, critical?: Uint8Array): Uint8Array =>
  sequence(oid(id), ...(critical ? [critical] : []), octetString(value));

/** The signature of such a certificate is zeros. */
export const UNSIGNED: ValidateOptions = {
  now: 1_800_000_000,
  policy: { rules: { "sig.self_signature_invalid": "off" } },
};

export const codesOf = (der: Uint8Array): string[] =>
  validateCertificate(der, UNSIGNED).findings.map(({ code }) => code);
