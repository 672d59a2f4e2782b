import { toHex } from "../../core/bytes.ts";
import { sha256Hex } from "../../core/digest.ts";
import { attempt } from "../der/attempt.ts";
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
import { fixedKey, namedCurve, RSA_KEYS, takesParameters } from "./algorithms.ts";

const EC = "1.2.840.10045.2.1";
const DSA = "1.2.840.10040.4.1";
const DH = ["1.2.840.10046.2.1", "1.2.840.113549.1.3.1"];

/** Where the content of an element is in the bytes of the certificate. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The numbers of an RSA key: big-endian, in two's complement. */
export interface RsaSpans {
  readonly modulus: Span;
  readonly exponent: Span;
}

/** `start` and `end` are those of the key itself, the content of subjectPublicKey. */
export interface PublicKeyReading extends Span {
  readonly publicKey: PublicKey;
  readonly rsa?: RsaSpans | undefined;
  /** The first byte of the parameters of the algorithm, or -1 where there are none. */
  readonly parametersTag: number;
}

/** Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). A broken key inside it is a defect. */
export function readPublicKey(reader: Reader): PublicKeyReading {
  const { bytes, position } = reader;
  const outer = enter(reader, SEQUENCE, "subjectPublicKeyInfo");
  const inner = enter(reader, SEQUENCE, "algorithm");
  const algorithmOid = readOid(reader, "algorithm");
  const parametersAt = reader.position;
  const parametersTag = follows(reader) ? readAny(reader, "parameters") : -1;
  const parametersEnd = reader.position;
  leave(reader, inner);
  readOctetBits(reader, "subjectPublicKey");
  const { start, end } = reader;
  const spkiSha256 = sha256Hex(bytes.subarray(position, reader.limit));
  const rsaName = RSA_KEYS.get(algorithmOid);
  if (rsaName !== undefined) {
    const rsa = attempt(reader, "key.malformed", start, end, readRsaSpans);
    // The identifier of RSASSA-PSS is that of the signatures too.
    if (parametersTag >= 0 && !takesParameters(algorithmOid, parametersTag)) {
      note(reader, "key.malformed", parametersAt, "algorithm");
    }
    leave(reader, outer);
    const { bits, exponent } = rsa === undefined ? NO_NUMBERS : rsaFacts(bytes, rsa);
    const algorithm = rsaName;
    const publicKey =
      exponent === undefined
        ? { algorithm, bits, algorithmOid, spkiSha256 }
        : { algorithm, bits, exponent, algorithmOid, spkiSha256 };
    return { publicKey, rsa, parametersTag, start, end };
  }
  const kind = attempt(reader, "key.malformed", parametersAt, parametersEnd, (parameters) =>
    keyKind(algorithmOid, parametersTag, parameters),
  );
  if (kind?.octets !== undefined && kind.octets !== end - start) {
    note(reader, "key.malformed", start, "subjectPublicKey");
  }
  leave(reader, outer);
  const { algorithm, bits, curve } = kind ?? { algorithm: algorithmOid, bits: 0 };
  const publicKey =
    curve === undefined
      ? { algorithm, bits, algorithmOid, spkiSha256 }
      : { algorithm, bits, curve, algorithmOid, spkiSha256 };
  return { publicKey, parametersTag, start, end };
}

/** What is told of an RSA key. */
interface RsaFacts {
  readonly bits: number;
  /** Undefined for one that is too long to be written in decimal. */
  readonly exponent?: string | undefined;
}

const NO_NUMBERS: RsaFacts = { bits: 0 };

function rsaFacts(bytes: Uint8Array, { modulus, exponent }: RsaSpans): RsaFacts {
  return { bits: bitLength(bytes, modulus), exponent: decimal(bytes, exponent) };
}

/** The facts of a key that is no RSA key. */
interface KeyKind {
  readonly algorithm: string;
  readonly bits: number;
  readonly curve?: string;
  /** Of the key itself, where all of the kind have as many. */
  readonly octets?: number | undefined;
}

function keyKind(oid: string, parametersTag: number, parameters: Reader): KeyKind {
  if (oid === EC) {
    if (parametersTag !== OID) {
      skipRest(parameters);
      return { algorithm: "EC", bits: 0, curve: "explicit" };
    }
    const { curve, bits } = namedCurve(readOid(parameters, "namedCurve"));
    return { algorithm: "EC", bits, curve };
  }
  if (oid === DSA) return { algorithm: "DSA", bits: primeBits(parameters) };
  if (DH.includes(oid)) return { algorithm: "DH", bits: primeBits(parameters) };
  const fixed = fixedKey(oid);
  if (fixed !== undefined) return fixed;
  // What the parameters of an unknown algorithm should be is unknown too.
  skipRest(parameters);
  return { algorithm: oid, bits: 0 };
}

/** Size of the first INTEGER of DSA or DH parameters, the prime p; 0 where they are left out. */
function primeBits(reader: Reader): number {
  if (!follows(reader, SEQUENCE)) return 0;
  const outer = enter(reader, SEQUENCE, "parameters");
  let bits = 0;
  if (follows(reader, INTEGER)) bits = bitLength(reader.bytes, readSpan(reader, "p"));
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

function decimal(bytes: Uint8Array, { start, end }: Span): string | undefined {
  if (end - start > LONGEST_DECIMAL) return undefined;
  // 65537, nearly always.
  if (end - start <= 4) return String(unsigned(bytes, start, end));
  return BigInt(`0x${toHex(bytes, start, end)}`).toString();
}
