import { needCertificates } from "./argument.ts";
import { isSelfIssued } from "./compare.ts";
import { isSignedBy } from "./native-signature.ts";
import type { Certificate } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";
import { extensionNamed, fieldOf, isAuthority } from "./x509/extensions/find.ts";

/** The role of a certificate in its bundle. */
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
 * or `unrelated`. By names and signatures, or by key identifiers where the runtime cannot verify a
 * signature.
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
  const { distinct, issuers } = relationsOf(certificates, "certificates");
  const issuing = new Set(issuers.values());
  const placed = new Set<number>();
  const entries: BundleEntry[] = [];
  for (const start of [...distinct.filter((index) => !issuing.has(index)), ...distinct]) {
    for (const index of pathFrom(start, issuers)) {
      if (placed.has(index)) break;
      placed.add(index);
      const issuer = issuers.get(index);
      const role = roleOf(certificates[index] as Certificate, issuer, issuing.has(index));
      entries.push(entryOf(certificates, index, role, issuer));
    }
  }
  certificates.forEach((_, index) => {
    if (!placed.has(index)) entries.push(entryOf(certificates, index, "duplicate", undefined));
  });
  return entries;
}

/** The chains of a bundle, each from its end entity to its last issuer in the bundle. */
export function chainsOf(
  certificates: readonly Certificate[],
  argument: string,
): readonly (readonly [Certificate, ...Certificate[]])[] {
  const { distinct, issuers } = relationsOf(certificates, argument);
  const issuing = new Set(issuers.values());
  const ends = distinct.filter((index) => !issuing.has(index));
  // Authorities that issued each other have no end entity; the first one counts as it.
  const reached = new Set(ends.flatMap((end) => pathFrom(end, issuers)));
  for (const index of distinct) {
    if (reached.has(index)) continue;
    ends.push(index);
    for (const other of pathFrom(index, issuers)) reached.add(other);
  }
  return ends.map(
    (end) =>
      pathFrom(end, issuers).map((index) => certificates[index]) as [Certificate, ...Certificate[]],
  );
}

interface Relations {
  /** Indices of the certificates, each once, at its first occurrence. */
  readonly distinct: readonly number[];
  /** Index of the issuer by index of the certificate. */
  readonly issuers: ReadonlyMap<number, number | undefined>;
}

function relationsOf(certificates: readonly Certificate[], argument: string): Relations {
  needCertificates(certificates, argument);
  const firsts = new Map<string, number>();
  certificates.forEach(({ fingerprint }, index) => {
    if (!firsts.has(fingerprint.sha256)) firsts.set(fingerprint.sha256, index);
  });
  const distinct = [...firsts.values()];
  return {
    distinct,
    issuers: new Map(distinct.map((index) => [index, issuerOf(certificates, distinct, index)])),
  };
}

/** The certificate, its issuer, the issuer of that, and so on; ends before it would repeat itself. */
function pathFrom(
  start: number,
  issuers: ReadonlyMap<number, number | undefined>,
): readonly number[] {
  const path = new Set<number>();
  for (let at: number | undefined = start; at !== undefined && !path.has(at); at = issuers.get(at))
    path.add(at);
  return [...path];
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
  if (issuer === undefined && isSelfIssued(certificate)) return hasIssued ? "root" : "self-signed";
  if (hasIssued) return "intermediate";
  return issuer === undefined ? "unrelated" : "leaf";
}

/**
 * The issuer among the others: it has the issuer's name, may issue, and its key made the signature. Where
 * the runtime cannot verify that, key identifiers must not differ if both certificates have them
 * (RFC 5280, 4.2.1.1, 4.2.1.9 and 6.1). If both have one name, only a stated authority is the issuer of
 * a certificate that is none: an identity provider may sign its next certificate with its current key.
 */
function issuerOf(
  certificates: readonly Certificate[],
  distinct: readonly number[],
  index: number,
): number | undefined {
  const certificate = certificates[index] as Certificate;
  const isSelfNamed = isSelfIssued(certificate);
  if (isSelfNamed && isAuthority(certificate)) return undefined;
  const named = distinct.filter((i) => {
    const other = certificates[i] as Certificate;
    const canIssue = isSelfNamed ? isAuthority(other) : mayIssue(other);
    return i !== index && other.subject.text === certificate.issuer.text && canIssue;
  });
  if (named.length === 0 || (isSelfNamed && isSelfSigned(certificate))) return undefined;
  const verdicts = named.map((i) => isSignedBy(certificate, certificates[i] as Certificate));
  const unverified = named.filter((_, i) => verdicts[i] === undefined);
  const wanted = authorityKey(certificate);
  const keyOf = (i: number): unknown => subjectKey(certificates[i] as Certificate);
  return (
    named[verdicts.indexOf(true)] ??
    unverified.find((i) => wanted !== undefined && keyOf(i) === wanted) ??
    unverified.find((i) => wanted === undefined || keyOf(i) === undefined)
  );
}

/** By its signature, or by its key identifiers where the runtime cannot verify it. */
function isSelfSigned(certificate: Certificate): boolean {
  const own = subjectKey(certificate);
  const isNamed = own !== undefined && own === authorityKey(certificate);
  return isSignedBy(certificate, certificate) ?? isNamed;
}
/** False if its basic constraints say that it is no authority; old ones have none. */
function mayIssue(certificate: Certificate): boolean {
  const constraints = extensionNamed(certificate, "basicConstraints");
  return constraints === undefined || isAuthority(certificate);
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
export function distinctReadings<T extends CertificateReading>(
  readings: readonly T[],
): readonly T[] {
  if (readings.length < 2) return readings;
  const seen = new Map<string, T>();
  for (const reading of readings) {
    const { sha256 } = reading.certificate.fingerprint;
    if (!seen.has(sha256)) seen.set(sha256, reading);
  }
  return [...seen.values()];
}
