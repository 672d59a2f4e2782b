import { DerFault } from "../../der/fault.ts";
import { issueOf } from "../../der/issue.ts";
import { derSize } from "../../der/size.ts";
import type { ReadingCode, ReadingIssue } from "../../issue.ts";
import { type DerKind, kindOfDer } from "../../kind.ts";
import { MAX_CERTIFICATES } from "../../limits.ts";
import { certificatesOfPkcs7 } from "../../pkcs7.ts";
import { type CertificateReading, readCertificate } from "../../x509/certificate.ts";
import { strictChecks } from "../../x509/checks.ts";

/** A certificate of a paste. */
export interface PasteCertificate extends CertificateReading {
  /** The X509Data that it is in, if any. */
  readonly group?: number | undefined;
}

/** The kind of one DER element. */
export interface DerResult {
  readonly reading?: PasteCertificate | undefined;
  readonly issue?: ReadingIssue | undefined;
  /** The repairs. */
  readonly notes: readonly ReadingCode[];
  /** The DER of a certificate signing request. */
  readonly request?: Uint8Array | undefined;
}

const WRONG_KINDS: Readonly<Partial<Record<DerKind, ReadingCode>>> = {
  csr: "kind.csr",
  crl: "kind.crl",
  public_key: "kind.public_key",
};

/** The certificates of PKCS #7, those that follow one another, or the one of any other DER. */
export function readDer(bytes: Uint8Array): DerResult[] {
  if (kindOfDer(bytes) === "pkcs7") return readPkcs7(bytes);
  const results: DerResult[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const size = derSize(rest);
    const isLast = size === 0 || kindOfDer(rest.subarray(size)) !== "certificate";
    if (results.length === MAX_CERTIFICATES) return [failed({ code: "input.too_many" })];
    results.push(readOne(isLast ? rest : rest.subarray(0, size)));
    if (isLast) break;
    rest = rest.subarray(size);
  }
  return results;
}

function readOne(bytes: Uint8Array): DerResult {
  const code = WRONG_KINDS[kindOfDer(bytes)];
  if (code === undefined) return readOrFail(bytes, []);
  return code === "kind.csr" ? { ...failed({ code }), request: bytes } : failed({ code });
}

function readPkcs7(bytes: Uint8Array): DerResult[] {
  try {
    const certificates = certificatesOfPkcs7(bytes);
    if (certificates.length === 0) return [failed({ code: "kind.pkcs7_empty" })];
    if (certificates.length > MAX_CERTIFICATES) return [failed({ code: "input.too_many" })];
    return certificates.map((der) => readOrFail(der, ["kind.pkcs7_bundle"]));
  } catch (error) {
    return [failed(explained(error))];
  }
}

function readOrFail(bytes: Uint8Array, notes: readonly ReadingCode[]): DerResult {
  try {
    return { reading: readCertificate(bytes, strictChecks), notes };
  } catch (error) {
    return failed(explained(error));
  }
}

function failed(issue: ReadingIssue): DerResult {
  return { issue, notes: [] };
}

function explained(error: unknown): ReadingIssue {
  if (!(error instanceof DerFault)) throw error;
  return issueOf(error.issue);
}
