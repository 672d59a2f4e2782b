import type { Check, Finding, Location } from "../core/finding.ts";

/** One end of a validity period. */
export interface CertificateTime {
  /** Integer unix seconds. */
  readonly unixSeconds: number;
  /** ISO 8601 in UTC, such as `2031-07-09T12:00:00Z`. */
  readonly iso: string;
  /** The text in the certificate: UTCTime `310709120000Z` or GeneralizedTime `20510709120000Z`. */
  readonly raw: string;
}

/** One attribute of a distinguished name, in the order of the certificate. */
export interface NameAttribute {
  /** Dotted object identifier, such as `2.5.4.3`. */
  readonly oid: string;
  /** Short name where RFC 4514 or common use has one, such as `CN`; otherwise the identifier. */
  readonly type: string;
  readonly value: string;
  /** Index of the RDN that it belongs to; equal for the parts of a multi-valued RDN. */
  readonly rdn: number;
}

/** A distinguished name. */
export interface DistinguishedName {
  /** RFC 4514 text: most specific first, such as `CN=idp.example.com,O=Example`. */
  readonly text: string;
  readonly attributes: readonly NameAttribute[];
}

/** The subject public key. */
export interface PublicKey {
  /** `RSA`, `RSA-PSS`, `EC`, `Ed25519`, `DSA`, `ML-DSA-65` and so on; the identifier of an unknown one. */
  readonly algorithm: string;
  readonly algorithmOid: string;
  /** Exact size: of the modulus for RSA, of the field for a curve; undefined if it is unknown. */
  readonly bits?: number | undefined;
  /** Named curve, such as `P-256`. */
  readonly curve?: string | undefined;
  /** RSA public exponent as decimal text. */
  readonly exponent?: string | undefined;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex: the identity of the key. */
  readonly spkiSha256: string;
}

/** One extension, decoded where it is a standard one. */
export interface CertificateExtension {
  readonly oid: string;
  /** The name in RFC 5280, such as `keyUsage`; the identifier where it has none. */
  readonly name: string;
  readonly critical: boolean;
  /** The extnValue in lower-case hex. */
  readonly valueHex: string;
  /** Plain data for a standard extension that could be decoded. */
  readonly value?: unknown;
}

/** The facts of one X.509 certificate. Readonly, and plain JSON all the way down. */
export interface Certificate {
  readonly version: number;
  /** Lower-case hex of the INTEGER's content bytes, as encoded. */
  readonly serialNumber: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: CertificateTime;
  readonly notAfter: CertificateTime;
  /** True for `99991231235959Z`: no well-defined expiration date (RFC 5280, 4.1.2.5). */
  readonly noExpiry: boolean;
  readonly publicKey: PublicKey;
  readonly signatureAlgorithm: { readonly name: string; readonly oid: string };
  /** Digests of the exact DER, in lower-case hex. */
  readonly fingerprint: { readonly sha256: string; readonly sha1: string };
  readonly extensions: readonly CertificateExtension[];
  /** RFC 7468 strict text: 64 columns, LF, final newline. */
  readonly pem: string;
  readonly derBase64: string;
}

/** A repair of a paste. */
export interface Repair {
  /** Such as `pem.escaped_newlines`. */
  readonly code: string;
  readonly message: string;
  readonly at?: Location | undefined;
}

/** The answer of `validateCertificate`. */
export interface CertificateReport {
  /** No finding has severity `error`. */
  readonly ok: boolean;
  /** The certificate, if necessary after repairs. */
  readonly certificate?: Certificate | undefined;
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly repairs: readonly Repair[];
  readonly checks: readonly Check[];
}

/** The certificate as an SSO provider stores it. Times are integer unix seconds. */
export interface SsoCertificate {
  readonly public_certificate: string;
  readonly not_before: number;
  readonly not_after: number;
}
