import { isText, isUint8Array } from "../core/argument.ts";
import { ambiguityChecks } from "./der/ambiguity.ts";
import { DerFault } from "./der/fault.ts";
import { issueOf } from "./der/issue.ts";
import { isDer } from "./der/size.ts";
import { findEncodedKey } from "./encoded-key.ts";
import { type ReadingCode, type ReadingIssue, readingError } from "./issue.ts";
import { type DerKind, kindOfDer } from "./kind.ts";
import { MAX_INPUT } from "./limits.ts";
import { type PemBlock, readPem } from "./pem/blocks.ts";
import { readCanonicalPem } from "./pem/canonical.ts";
import { locate } from "./pem/locate.ts";
import { certificatesOfPkcs7 } from "./pkcs7.ts";
import type { Certificate } from "./types.ts";
import { type CertificateReading, readCertificate } from "./x509/certificate.ts";

/**
 * Reads exactly one certificate from PEM (RFC 7468) or DER.
 *
 * Strict: explanatory text before and after the PEM block is the only thing that is skipped. Throws a
 * `CertificateError` that says what is wrong and where: line and column in the text, ASN.1 path and
 * byte offset in the DER. For text that people paste, use `repairCertificate` or `validateCertificate`.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { parseCertificate } from "samlcert/certificates";
 *
 * const certificate = parseCertificate(await readFile("idp.pem"));
 * console.log(certificate.subject.text, certificate.notAfter.iso);
 * ```
 */
export function parseCertificate(input: string | Uint8Array): Certificate {
  const canonical = isText(input) ? readCanonicalPem(input, ambiguityChecks) : undefined;
  if (canonical !== undefined) return unambiguous(canonical);
  const blocks = blocksOf(input);
  if (blocks.length > 1) {
    fail({ code: "pem.multiple_certificates", values: { count: blocks.length } });
  }
  const { label, bytes } = blocks[0] as PemBlock;
  if (isPkcs7(label, bytes)) fail({ code: "kind.pkcs7" });
  return readBlock(label, bytes);
}

/**
 * Reads every certificate of a PEM bundle (RFC 7468), of PKCS #7 or of a DER file, in their order.
 *
 * As strict as {@link parseCertificate}: throws a `CertificateError` unless all of them can be read.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { parseCertificates } from "samlcert/certificates";
 *
 * const bundle = parseCertificates(await readFile("bundle.pem"));
 * console.log(bundle.map((certificate) => certificate.subject.text));
 * ```
 */
export function parseCertificates(input: string | Uint8Array): readonly Certificate[] {
  return blocksOf(input).flatMap(({ label, bytes }) => {
    if (!isPkcs7(label, bytes)) return [readBlock(label, bytes)];
    const certificates = orFail(() => certificatesOfPkcs7(bytes)).map(readDer);
    if (certificates.length === 0) fail({ code: "kind.pkcs7_empty" });
    return certificates;
  });
}

/** The PEM blocks of a text, or the DER of a file without a label. */
function blocksOf(input: string | Uint8Array): readonly PemBlock[] {
  if (!isText(input) && !isUint8Array(input)) fail({ code: "input.not_certificate" });
  const { length } = input;
  if (length === 0 || length > MAX_INPUT) {
    fail({ code: length === 0 ? "input.empty" : "input.too_large" });
  }
  const isFile = !isText(input) && isDer(input);
  const text = isText(input) ? input : new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
  const secret = findEncodedKey(isFile ? input : text);
  if (secret !== undefined) fail({ code: secret });
  if (isFile) return [{ label: "CERTIFICATE", bytes: input }];
  const found = readPem(text);
  if ("fault" in found) fail({ code: found.fault, at: locate(text, found.offset) });
  return found;
}

/** RFC 7468, 5.1: the old names are read, and never written. */
const LABELS: readonly string[] = ["CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE"];
/** RFC 7468, 8 and 9. */
const PKCS7_LABELS: readonly string[] = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"];

function isPkcs7(label: string, bytes: Uint8Array): boolean {
  return kindOfDer(bytes) === "pkcs7" && (PKCS7_LABELS.includes(label) || label === "CERTIFICATE");
}

function readBlock(label: string, bytes: Uint8Array): Certificate {
  const kind = KINDS[kindOfDer(bytes)];
  if (kind !== undefined) fail({ code: kind });
  if (!LABELS.includes(label)) fail({ code: "pem.wrong_label", values: { label } });
  return readDer(bytes);
}

const KINDS: Readonly<Partial<Record<DerKind, ReadingCode>>> = {
  csr: "kind.csr",
  crl: "kind.crl",
  public_key: "kind.public_key",
};

function readDer(bytes: Uint8Array): Certificate {
  return unambiguous(orFail(() => readCertificate(bytes, ambiguityChecks)));
}

function unambiguous({ certificate, issues }: CertificateReading): Certificate {
  const ambiguous = issues.find(({ code }) => AMBIGUOUS.includes(code));
  if (ambiguous !== undefined) fail(issueOf(ambiguous));
  return certificate;
}

/** Some parsers drop these bytes or encode them anew, and so come to another fingerprint. */
const AMBIGUOUS: readonly string[] = ["der.trailing_data", "der.non_minimal_length"];

function orFail<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    fail(issueOf(error.issue));
  }
}

function fail(issue: ReadingIssue): never {
  throw readingError(issue);
}
