/** Signature algorithms by identifier (RFC 3279, 4055, 5758, 8410, 9881, 9909, 8692). */
export const SIGNATURE_ALGORITHMS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map<
  string,
  string
>([
  ["1.2.840.113549.1.1.2", "md2WithRSAEncryption"],
  ["1.2.840.113549.1.1.4", "md5WithRSAEncryption"],
  ["1.2.840.113549.1.1.5", "sha1WithRSAEncryption"],
  ["1.3.14.3.2.29", "sha1WithRSA"],
  ["1.2.840.113549.1.1.10", "RSASSA-PSS"],
  ["1.2.840.113549.1.1.14", "sha224WithRSAEncryption"],
  ["1.2.840.113549.1.1.11", "sha256WithRSAEncryption"],
  ["1.2.840.113549.1.1.12", "sha384WithRSAEncryption"],
  ["1.2.840.113549.1.1.13", "sha512WithRSAEncryption"],
  ["1.2.840.10040.4.3", "dsa-with-sha1"],
  ["2.16.840.1.101.3.4.3.1", "dsa-with-sha224"],
  ["2.16.840.1.101.3.4.3.2", "dsa-with-sha256"],
  ["1.2.840.10045.4.1", "ecdsa-with-SHA1"],
  ["1.2.840.10045.4.3.1", "ecdsa-with-SHA224"],
  ["1.2.840.10045.4.3.2", "ecdsa-with-SHA256"],
  ["1.2.840.10045.4.3.3", "ecdsa-with-SHA384"],
  ["1.2.840.10045.4.3.4", "ecdsa-with-SHA512"],
  ["1.3.101.112", "Ed25519"],
  ["1.3.101.113", "Ed448"],
]);

/** Public key algorithms whose size is the same for every key: name and bits. */
export const FIXED_KEYS: ReadonlyMap<string, readonly [name: string, bits: number]> =
  /* @__PURE__ */ new Map<string, readonly [name: string, bits: number]>([
    ["1.3.101.110", ["X25519", 255]],
    ["1.3.101.111", ["X448", 448]],
    ["1.3.101.112", ["Ed25519", 255]],
    ["1.3.101.113", ["Ed448", 448]],
  ]);

/** Algorithms of FIPS 203, 204 and 205 by identifier (RFC 9881, 9909, 9935). No size in bits. */
const LATTICE = ["ML-DSA-44", "ML-DSA-65", "ML-DSA-87"];
const HASH_SIZES = ["128s", "128f", "192s", "192f", "256s", "256f"];
const KEM = ["ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"];

/** The name of a post-quantum algorithm. */
export function postQuantumName(oid: string): string | undefined {
  const nistSignature = lastArc(oid, "2.16.840.1.101.3.4.3.");
  if (nistSignature !== undefined) {
    if (nistSignature >= 20 && nistSignature < 32) {
      const size = HASH_SIZES[(nistSignature - 20) % 6] as string;
      return `SLH-DSA-${nistSignature < 26 ? "SHA2" : "SHAKE"}-${size}`;
    }
    return LATTICE[nistSignature - 17];
  }
  const nistKem = lastArc(oid, "2.16.840.1.101.3.4.4.");
  if (nistKem !== undefined) return KEM[nistKem - 1];
  return COMPOSITES.some((prefix) => lastArc(oid, prefix) !== undefined) ? "composite" : undefined;
}

/** Arcs of the drafts of composite ML-DSA: two keys of different kinds in one. */
const COMPOSITES = ["2.16.840.1.114027.80.8.1.", "2.16.840.1.114027.80.9.1."];

function lastArc(oid: string, prefix: string): number | undefined {
  if (!oid.startsWith(prefix)) return undefined;
  const arc = oid.slice(prefix.length);
  return arc.includes(".") ? undefined : Number(arc);
}

/** Named curves by identifier (RFC 5480, SEC 2, RFC 5639): name and bits of the field. */
export const CURVES: ReadonlyMap<string, readonly [name: string, bits: number]> =
  /* @__PURE__ */ new Map<string, readonly [name: string, bits: number]>([
    ["1.2.840.10045.3.1.7", ["P-256", 256]],
    ["1.3.132.0.34", ["P-384", 384]],
    ["1.3.132.0.35", ["P-521", 521]],
    ["1.3.132.0.33", ["P-224", 224]],
    ["1.2.840.10045.3.1.1", ["P-192", 192]],
    ["1.3.132.0.10", ["secp256k1", 256]],
    ["1.3.132.0.8", ["secp160r1", 160]],
    ["1.3.132.0.9", ["secp160k1", 160]],
    ["1.3.132.0.30", ["secp160r2", 160]],
    ["1.3.132.0.31", ["secp192k1", 192]],
    ["1.3.132.0.32", ["secp224k1", 224]],
    ["1.3.132.0.1", ["sect163k1", 163]],
    ["1.3.132.0.15", ["sect163r2", 163]],
    ["1.3.132.0.26", ["sect233k1", 233]],
    ["1.3.132.0.27", ["sect233r1", 233]],
    ["1.3.132.0.16", ["sect283k1", 283]],
    ["1.3.132.0.17", ["sect283r1", 283]],
    ["1.3.132.0.36", ["sect409k1", 409]],
    ["1.3.132.0.37", ["sect409r1", 409]],
    ["1.3.132.0.38", ["sect571k1", 571]],
    ["1.3.132.0.39", ["sect571r1", 571]],
    ["1.3.36.3.3.2.8.1.1.1", ["brainpoolP160r1", 160]],
    ["1.3.36.3.3.2.8.1.1.3", ["brainpoolP192r1", 192]],
    ["1.3.36.3.3.2.8.1.1.5", ["brainpoolP224r1", 224]],
    ["1.3.36.3.3.2.8.1.1.7", ["brainpoolP256r1", 256]],
    ["1.3.36.3.3.2.8.1.1.9", ["brainpoolP320r1", 320]],
    ["1.3.36.3.3.2.8.1.1.11", ["brainpoolP384r1", 384]],
    ["1.3.36.3.3.2.8.1.1.13", ["brainpoolP512r1", 512]],
    ["1.2.156.10197.1.301", ["SM2", 256]],
  ]);
