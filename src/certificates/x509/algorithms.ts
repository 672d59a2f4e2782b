import { oidNames } from "./oid-names.ts";

/** Signature algorithms (RFC 3279, 4055, 5758, 8410). */
export const SIGNATURES: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "1.2.840.113549.1.1 2=md2WithRSAEncryption 4=md5WithRSAEncryption 5=sha1WithRSAEncryption " +
    "10=RSASSA-PSS 11=sha256WithRSAEncryption 12=sha384WithRSAEncryption " +
    "13=sha512WithRSAEncryption 14=sha224WithRSAEncryption",
  "1.3.14.3.2 29=sha1WithRSA",
  "1.2.840.10040.4 3=dsa-with-sha1",
  "2.16.840.1.101.3.4.3 1=dsa-with-sha224 2=dsa-with-sha256",
  "1.2.840.10045.4 1=ecdsa-with-SHA1",
  "1.2.840.10045.4.3 1=ecdsa-with-SHA224 2=ecdsa-with-SHA256 3=ecdsa-with-SHA384 4=ecdsa-with-SHA512",
  "1.3.101 112=Ed25519 113=Ed448",
  // RFC 4491, RFC 9215.
  "1.2.643.2.2 3=GOST-R-34.10-2001",
  "1.2.643.7.1.1.3 2=GOST-R-34.10-2012-256 3=GOST-R-34.10-2012-512",
);

/** Algorithms whose key is an RSAPublicKey (RFC 4055, 1.2 and 4). */
export const RSA_KEYS: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "1.2.840.113549.1.1 1=RSA 7=RSA-OAEP 10=RSA-PSS",
);

/** Algorithms whose keys are points of one curve (RFC 8410). */
const CURVE_KEYS: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "1.3.101 110=X25519 111=X448 112=Ed25519 113=Ed448",
);

/** Algorithms of FIPS 203, 204 and 205 (RFC 9881, 9909, 9935), which sign with what they are named by. */
const POST_QUANTUM: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "2.16.840.1.101.3.4.3 17=ML-DSA-44 18=ML-DSA-65 19=ML-DSA-87 " +
    "20=SLH-DSA-SHA2-128s 21=SLH-DSA-SHA2-128f 22=SLH-DSA-SHA2-192s 23=SLH-DSA-SHA2-192f " +
    "24=SLH-DSA-SHA2-256s 25=SLH-DSA-SHA2-256f 26=SLH-DSA-SHAKE-128s 27=SLH-DSA-SHAKE-128f " +
    "28=SLH-DSA-SHAKE-192s 29=SLH-DSA-SHAKE-192f 30=SLH-DSA-SHAKE-256s 31=SLH-DSA-SHAKE-256f",
  "2.16.840.1.101.3.4.4 1=ML-KEM-512 2=ML-KEM-768 3=ML-KEM-1024",
);

/**
 * Composite ML-DSA, two keys of different kinds in one: IANA's numbers, and the arcs that were used
 * before there were any (draft-ietf-lamps-pq-composite-sigs, 6; revisions up to -07).
 */
const COMPOSITES = ["1.3.6.1.5.5.7.6", "2.16.840.1.114027.80.8.1", "2.16.840.1.114027.80.9.1"];

function isComposite(oid: string): boolean {
  const dot = oid.lastIndexOf(".");
  const arc = COMPOSITES.indexOf(oid.slice(0, dot));
  const number = Number(oid.slice(dot + 1));
  return arc > 0 || (arc === 0 && number >= 37 && number <= 54);
}

function postQuantumName(oid: string): string | undefined {
  return POST_QUANTUM.get(oid) ?? (isComposite(oid) ? "composite" : undefined);
}

/** The name of a signature algorithm; the identifier where it has none. */
export function signatureName(oid: string): string {
  return SIGNATURES.get(oid) ?? postQuantumName(oid) ?? oid;
}

/** GOST R 34.10 (RFC 4491, RFC 9215), whose parameters name a curve. */
export const GOST_KEYS: ReadonlyMap<string, Required<FixedKey>> = /* @__PURE__ */ new Map([
  ["1.2.643.2.2.19", { algorithm: "GOST R 34.10-2001", bits: 256 }],
  ["1.2.643.7.1.1.1.1", { algorithm: "GOST R 34.10-2012", bits: 256 }],
  ["1.2.643.7.1.1.1.2", { algorithm: "GOST R 34.10-2012", bits: 512 }],
]);

/** An algorithm whose keys all have one size and no parameters. */
export interface FixedKey {
  readonly algorithm: string;
  /** Undefined for post-quantum keys, whose size is no measure of their strength. */
  readonly bits?: number;
}

export function fixedKey(oid: string): FixedKey | undefined {
  const name = CURVE_KEYS.get(oid);
  if (name !== undefined) return { algorithm: name, bits: name.endsWith("448") ? 448 : 255 };
  const postQuantum = postQuantumName(oid);
  return postQuantum === undefined ? undefined : { algorithm: postQuantum };
}

/** A curve, and the bits of its field if it is known. */
export interface Curve {
  readonly bits?: number;
  readonly curve: string;
}

/** Named curves (RFC 5480, SEC 2, RFC 5639). The name contains the bits of the field, except SM2's. */
const CURVES: ReadonlyMap<string, Curve> = /* @__PURE__ */ new Map(
  Array.from(
    oidNames(
      "1.2.840.10045.3.1 1=P-192 2=prime192v2 3=prime192v3 4=prime239v1 5=prime239v2 " +
        "6=prime239v3 7=P-256",
      "1.3.132.0 1=sect163k1 2=sect163r1 3=sect239k1 4=sect113r1 5=sect113r2 6=secp112r1 " +
        "7=secp112r2 8=secp160r1 9=secp160k1 10=secp256k1 15=sect163r2 16=sect283k1 17=sect283r1 " +
        "22=sect131r1 23=sect131r2 24=sect193r1 25=sect193r2 26=sect233k1 27=sect233r1 " +
        "28=secp128r1 29=secp128r2 30=secp160r2 31=secp192k1 32=secp224k1 33=P-224 34=P-384 " +
        "35=P-521 36=sect409k1 37=sect409r1 38=sect571k1 39=sect571r1",
      "1.3.36.3.3.2.8.1.1 1=brainpoolP160r1 2=brainpoolP160t1 3=brainpoolP192r1 " +
        "4=brainpoolP192t1 5=brainpoolP224r1 6=brainpoolP224t1 7=brainpoolP256r1 " +
        "8=brainpoolP256t1 9=brainpoolP320r1 10=brainpoolP320t1 11=brainpoolP384r1 " +
        "12=brainpoolP384t1 13=brainpoolP512r1 14=brainpoolP512t1",
      "1.2.156.10197.1 301=SM2",
    ),
    ([oid, curve]) => [oid, { bits: Number(/\d{3}/.exec(curve)?.[0] ?? 256), curve }],
  ),
);

/** The curve of an identifier; an unknown one is named by it. */
export function namedCurve(oid: string): Curve {
  return CURVES.get(oid) ?? { curve: oid };
}
