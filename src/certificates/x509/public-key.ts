import { toHex } from "../../core/bytes.ts";
import { sha256Hex } from "../../core/digest.ts";
import { attempt } from "../der/attempt.ts";
import type { Span } from "../der/checks.ts";
import {
  enter,
  follows,
  INTEGER,
  leave,
  note,
  OID,
  type Reader,
  readAny,
  SEQUENCE,
  skipRest,
} from "../der/reader.ts";
import { readInteger, readOctetBits, readOid, unsigned } from "../der/values.ts";
import type { PublicKey } from "../types.ts";
import { fixedKey, GOST_KEYS, namedCurve, RSA_KEYS } from "./algorithms.ts";

const EC = "1.2.840.10045.2.1";
const DSA = "1.2.840.10040.4.1";
const DH = ["1.2.840.10046.2.1", "1.2.840.113549.1.3.1"];

/** The numbers of an RSA key: big-endian, in two's complement. */
export interface RsaSpans {
  readonly modulus: Span;
  readonly exponent: Span;
}

/** `start` and `end` are those of the key itself, the content of subjectPublicKey. */
export interface PublicKeyReading extends Span {
  readonly publicKey: PublicKey;
  readonly rsa?: RsaSpans | undefined;
  /** The SubjectPublicKeyInfo. */
  readonly spki: Span;
  /** The first byte of the parameters of the algorithm; -1 without parameters. */
  readonly parametersTag: number;
}

/** Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). A broken key inside it is a issue. */
export function readPublicKey(reader: Reader): PublicKeyReading {
  const { bytes, position } = reader;
  const outer = enter(reader, SEQUENCE, "subjectPublicKeyInfo");
  const inner = enter(reader, SEQUENCE, "algorithm");
  const algorithmOid = readOid(reader, "algorithm");
  const at = reader.position;
  const parametersTag = follows(reader) ? readAny(reader, "parameters") : -1;
  const parametersEnd = reader.position;
  leave(reader, inner);
  readOctetBits(reader, "subjectPublicKey");
  const { start, end } = reader;
  const spki = { start: position, end: reader.limit };
  const spkiSha256 = sha256Hex(bytes.subarray(spki.start, spki.end));
  const name = RSA_KEYS.get(algorithmOid);
  const rsa =
    name === undefined ? undefined : attempt(reader, "key.malformed", start, end, readRsaSpans);
  const facts =
    name === undefined
      ? attempt(reader, "key.malformed", at, parametersEnd, (parameters) =>
          keyFacts(algorithmOid, parametersTag, parameters),
        )
      : rsa && rsaFacts(bytes, rsa);
  reader.checks?.key?.(reader, algorithmOid, parametersTag, at, start, end);
  leave(reader, outer);
  const { algorithm = name ?? algorithmOid, bits, curve, exponent } = facts ?? {};
  const publicKey = {
    algorithm,
    ...(bits !== undefined && bits > 0 && { bits }),
    ...(curve !== undefined && { curve }),
    ...(exponent !== undefined && { exponent }),
    algorithmOid,
    spkiSha256,
  };
  return { publicKey, rsa, spki, parametersTag, start, end };
}

type KeyFacts = Partial<PublicKey>;

function rsaFacts(bytes: Uint8Array, { modulus, exponent }: RsaSpans): KeyFacts {
  const bits = bitLength(bytes, modulus);
  const { start, end } = exponent;
  if (end - start > LONGEST_DECIMAL) return { bits };
  return { bits, exponent: decimal(bytes, start, end) };
}

/** The facts of a key that is no RSA key. */
function keyFacts(oid: string, parametersTag: number, parameters: Reader): KeyFacts {
  if (oid === EC) {
    if (parametersTag === OID) {
      return { algorithm: "EC", ...namedCurve(readOid(parameters, "namedCurve")) };
    }
    const { position } = parameters;
    skipRest(parameters);
    if (parametersTag === SEQUENCE) return { algorithm: "EC", curve: "explicit" };
    // RFC 5480, 2.1.1 forbids the implicit curve of X9.62.
    note(parameters, "der.not_certificate", position, "parameters");
    return { algorithm: "EC" };
  }
  if (oid === DSA) return { algorithm: "DSA", bits: primeBits(parameters) };
  if (DH.includes(oid)) return { algorithm: "DH", bits: primeBits(parameters) };
  const fixed = fixedKey(oid);
  if (fixed !== undefined) return fixed;
  // The parameters of an unknown algorithm are unknown too.
  skipRest(parameters);
  return GOST_KEYS.get(oid) ?? {};
}

/** Size of the first INTEGER of DSA or DH parameters, the prime p; undefined without parameters. */
function primeBits(reader: Reader): number | undefined {
  if (!follows(reader, SEQUENCE)) return undefined;
  const outer = enter(reader, SEQUENCE, "parameters");
  const bits = follows(reader, INTEGER)
    ? bitLength(reader.bytes, readSpan(reader, "p"))
    : undefined;
  skipRest(reader);
  leave(reader, outer);
  return bits;
}

/** RSAPublicKey (RFC 8017, A.1.1). */
function readRsaSpans(reader: Reader): RsaSpans {
  const outer = enter(reader, SEQUENCE, "rsaPublicKey");
  const modulus = readSpan(reader, "modulus");
  const exponent = readSpan(reader, "publicExponent");
  leave(reader, outer);
  return { modulus, exponent };
}

function readSpan(reader: Reader, name: string): Span {
  readInteger(reader, name);
  return { start: reader.start, end: reader.end };
}

/** Bits from the highest one that is set. */
function bitLength(bytes: Uint8Array, { start, end }: Span): number {
  let first = start;
  while (first < end && bytes[first] === 0) first++;
  if (first === end) return 0;
  return (end - first) * 8 - Math.clz32(bytes[first] as number) + 24;
}

/** Longest number that is written in decimal: the conversion of long ones is quadratic. */
const LONGEST_DECIMAL = 512;

function decimal(bytes: Uint8Array, start: number, end: number): string {
  // 65537, nearly always.
  if (end - start <= 4) return String(unsigned(bytes, start, end));
  return BigInt(`0x${toHex(bytes, start, end)}`).toString();
}
