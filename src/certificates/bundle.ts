import { needCertificates } from "./argument.ts";
import { isSelfIssued } from "./compare.ts";
import { extensionNamed, fieldOf } from "./rules/rule.ts";
import type { Certificate } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";

/** What a certificate of a bundle is to the others. */
export type BundleRole =
  | "leaf"
  | "intermediate"
  | "root"
  | "self-signed"
  | "duplicate"
  | "unrelated";

/** One certificate of a bundle, in its place. */
export interface BundleEntry {
  readonly certificate: Certificate;
  readonly role: BundleRole;
  /** Index of its issuer in the list that was given; undefined where it is not among them. */
  readonly issuer?: number | undefined;
  /** Index in the list that was given. */
  readonly index: number;
}

/**
 * Orders the certificates of a bundle, each leaf followed by its issuers, and says what each is: the
 * same one twice is a `duplicate`, one that neither issued nor was issued by another is `self-signed`
 * or `unrelated`. By names and key identifiers; signatures are not verified.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { orderBundle, parseCertificates } from "samlcert/certificates";
 *
 * for (const { role, certificate } of orderBundle(parseCertificates(readFileSync("chain.pem")))) {
 *   console.log(role, certificate.subject.text);
 * }
 * ```
 */
export function orderBundle(certificates: readonly Certificate[]): readonly BundleEntry[] {
  needCertificates(certificates, "certificates");
  const firsts = new Map<string, number>();
  certificates.forEach(({ fingerprint }, index) => {
    if (!firsts.has(fingerprint.sha256)) firsts.set(fingerprint.sha256, index);
  });
  const distinct = [...firsts.values()];
  const issuers = new Map(
    distinct.map((index) => [index, issuerOf(certificates, distinct, index)]),
  );
  const issuing = new Set(issuers.values());
  const entries: BundleEntry[] = [];
  const placed = new Set<number>();
  const place = (start: number): void => {
    // Two authorities may have issued each other: each certificate is placed once.
    for (let index: number | undefined = start; index !== undefined && !placed.has(index); ) {
      placed.add(index);
      const issuer = issuers.get(index);
      const role = roleOf(certificates[index] as Certificate, issuer, issuing.has(index));
      entries.push(entryOf(certificates, index, role, issuer));
      index = issuer;
    }
  };
  distinct.filter((index) => !issuing.has(index)).forEach(place);
  distinct.forEach(place);
  certificates.forEach((_, index) => {
    if (!distinct.includes(index))
      entries.push(entryOf(certificates, index, "duplicate", undefined));
  });
  return entries;
}

function entryOf(
  certificates: readonly Certificate[],
  index: number,
  role: BundleRole,
  issuer: number | undefined,
): BundleEntry {
  const entry = { certificate: certificates[index] as Certificate, role, index };
  return issuer === undefined ? entry : { ...entry, issuer };
}

function roleOf(
  certificate: Certificate,
  issuer: number | undefined,
  hasIssued: boolean,
): BundleRole {
  if (isSelfIssued(certificate)) return hasIssued ? "root" : "self-signed";
  if (hasIssued) return "intermediate";
  return issuer === undefined ? "unrelated" : "leaf";
}

/** RFC 5280, 4.2.1.1 and 6.1: the names must match, and the key identifiers where both are there. */
function issuerOf(
  certificates: readonly Certificate[],
  distinct: readonly number[],
  index: number,
): number | undefined {
  const certificate = certificates[index] as Certificate;
  if (isSelfIssued(certificate)) return undefined;
  const wanted = authorityKey(certificate);
  const named = distinct.filter(
    (i) => i !== index && certificates[i]?.subject.text === certificate.issuer.text,
  );
  return (
    named.find(
      (i) => wanted !== undefined && subjectKey(certificates[i] as Certificate) === wanted,
    ) ?? named[0]
  );
}

/** The identifier of the certificate's own key, in hex. */
export function subjectKey(certificate: Certificate): unknown {
  return extensionNamed(certificate, "subjectKeyIdentifier")?.value;
}

/** The identifier of the key that signed the certificate, in hex. */
export function authorityKey(certificate: Certificate): unknown {
  return fieldOf(certificate, "authorityKeyIdentifier", "keyIdentifier");
}

/** Most certificates that one message names. */
const MOST_NAMED = 5;

/** The bundle in words, for a message. */
export function explainBundle(certificates: readonly Certificate[]): string {
  const entries = orderBundle(certificates);
  const named = entries
    .slice(0, MOST_NAMED)
    .map(
      ({ role, certificate }) =>
        `${role} ${certificate.subject.text} (until ${certificate.notAfter.iso.slice(0, 10)})`,
    );
  const rest = entries.length - named.length;
  return `${named.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}

/** Each certificate once, in the order of the first occurrence. */
export function distinctReadings(
  readings: readonly CertificateReading[],
): readonly CertificateReading[] {
  if (readings.length < 2) return readings;
  const seen = new Map<string, CertificateReading>();
  for (const reading of readings) {
    const { sha256 } = reading.certificate.fingerprint;
    if (!seen.has(sha256)) seen.set(sha256, reading);
  }
  return [...seen.values()];
}
