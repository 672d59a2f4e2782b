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

/** A kind of key of which all have one size. */
export interface FixedKey {
  readonly algorithm: string;
  /** 0 where keys are not measured so. */
  readonly bits: number;
}

export function fixedKey(oid: string): FixedKey | undefined {
  const name = CURVE_KEYS.get(oid);
  const algorithm = name ?? postQuantumName(oid);
  if (algorithm === undefined) return undefined;
  const bits = name === undefined ? 0 : name.endsWith("448") ? 448 : 255;
  return { algorithm, bits };
}

/** A named curve, and the bits of its field. */
export interface Curve {
  readonly bits: number;
  readonly curve: string;
}

/** Named curves (RFC 5480, SEC 2, RFC 5639). All but SM2 have the bits of their field in their name. */
const CURVES: ReadonlyMap<string, Curve> = /* @__PURE__ */ new Map(
  Array.from(
    oidNames(
      "1.2.840.10045.3.1 1=P-192 7=P-256",
      "1.3.132.0 1=sect163k1 8=secp160r1 9=secp160k1 10=secp256k1 15=sect163r2 16=sect283k1 " +
        "17=sect283r1 26=sect233k1 27=sect233r1 30=secp160r2 31=secp192k1 32=secp224k1 33=P-224 " +
        "34=P-384 35=P-521 36=sect409k1 37=sect409r1 38=sect571k1 39=sect571r1",
      "1.3.36.3.3.2.8.1.1 1=brainpoolP160r1 3=brainpoolP192r1 5=brainpoolP224r1 " +
        "7=brainpoolP256r1 9=brainpoolP320r1 11=brainpoolP384r1 13=brainpoolP512r1",
      "1.2.156.10197.1 301=SM2",
    ),
    ([oid, curve]) => [oid, { bits: Number(/\d{3}/.exec(curve)?.[0] ?? 256), curve }],
  ),
);

/** The curve of an identifier; one that is not known is called by it. */
export function namedCurve(oid: string): Curve {
  return CURVES.get(oid) ?? { bits: 0, curve: oid };
}
