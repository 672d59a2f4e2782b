import { toHex } from "../../core/bytes.ts";
import { sha256Hex } from "../../core/digest.ts";
import { attempt } from "../der/attempt.ts";
import {
  enter,
  follows,
  INTEGER,
  leave,
  OID,
  type Reader,
  readAny,
  SEQUENCE,
  skipRest,
} from "../der/reader.ts";
import { readInteger, readOctetBits, readOid, unsigned } from "../der/values.ts";
import type { PublicKey } from "../types.ts";
import { fixedKey, namedCurve, RSA_KEYS } from "./algorithms.ts";
import { keyMalformed } from "./codes.ts";

const EC = "1.2.840.10045.2.1";
const DSA = "1.2.840.10040.4.1";
const DH = ["1.2.840.10046.2.1", "1.2.840.113549.1.3.1"];

/** The parts of an RSA key that the rules look into: big-endian bytes. */
export interface RsaNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

export interface PublicKeyReading {
  readonly publicKey: PublicKey;
  readonly rsa?: RsaNumbers | undefined;
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
    const rsa = attempt(reader, keyMalformed, start, end, readRsaNumbers);
    leave(reader, outer);
    return { publicKey: rsaKey(rsaName, algorithmOid, spkiSha256, rsa), rsa, parametersTag };
  }
  const kind = attempt(reader, keyMalformed, parametersAt, parametersEnd, (parameters) =>
    keyKind(algorithmOid, parametersTag, parameters),
  );
  leave(reader, outer);
  const { algorithm, bits, curve } = kind ?? { algorithm: algorithmOid, bits: 0 };
  const publicKey =
    curve === undefined
      ? { algorithm, bits, algorithmOid, spkiSha256 }
      : { algorithm, bits, curve, algorithmOid, spkiSha256 };
  return { publicKey, parametersTag };
}

function rsaKey(
  algorithm: string,
  algorithmOid: string,
  spkiSha256: string,
  rsa: RsaNumbers | undefined,
): PublicKey {
  const exponent = rsa && decimal(rsa.exponent);
  if (rsa === undefined || exponent === undefined) {
    return { algorithm, bits: rsa ? bitLength(rsa.modulus) : 0, algorithmOid, spkiSha256 };
  }
  return { algorithm, bits: bitLength(rsa.modulus), exponent, algorithmOid, spkiSha256 };
}

/** The facts of a key that is no RSA key. */
interface KeyKind {
  readonly algorithm: string;
  readonly bits: number;
  readonly curve?: string;
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
  if (follows(reader, INTEGER)) {
    readInteger(reader, "p");
    bits = bitLength(reader.bytes.subarray(reader.start, reader.end));
  }
  skipRest(reader);
  leave(reader, outer);
  return bits;
}

/** RSAPublicKey (RFC 8017, A.1.1). */
function readRsaNumbers(reader: Reader): RsaNumbers {
  const outer = enter(reader, SEQUENCE, "rsaPublicKey");
  const readNumber = (name: string): Uint8Array => {
    readInteger(reader, name);
    return reader.bytes.subarray(reader.start, reader.end);
  };
  const modulus = readNumber("modulus");
  const exponent = readNumber("publicExponent");
  leave(reader, outer);
  return { modulus, exponent };
}

/** Bits from the highest one that is set. */
function bitLength(bytes: Uint8Array): number {
  let first = 0;
  while (first < bytes.length && bytes[first] === 0) first++;
  if (first === bytes.length) return 0;
  return (bytes.length - first) * 8 - Math.clz32(bytes[first] as number) + 24;
}

/** Longest number that is written in decimal: the conversion of long ones is quadratic. */
const LONGEST_DECIMAL = 512;

function decimal(bytes: Uint8Array): string | undefined {
  if (bytes.length > LONGEST_DECIMAL) return undefined;
  // 65537, nearly always.
  if (bytes.length <= 4) return String(unsigned(bytes, 0, bytes.length));
  return BigInt(`0x${toHex(bytes)}`).toString();
}
