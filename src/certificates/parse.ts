import { distinctReadings } from "./bundle.ts";
import { problemOf } from "./der/problem.ts";
import { inputNotCertificate } from "./input-codes.ts";
import { LAX } from "./paste/codes.ts";
import { triage } from "./paste/triage.ts";
import { readCanonicalPem } from "./pem/canonical.ts";
import { pemMultipleCertificates } from "./pem/codes.ts";
import { problemError } from "./problem.ts";
import type { Certificate } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";

/** What {@link parseCertificate} is told. */
export interface ParseCertificateOptions {
  /** Mends what can be mended: escapes, missing armour, typographic dashes and so on. Default false. */
  readonly repair?: boolean | undefined;
}

/**
 * Reads exactly one certificate from PEM (RFC 7468) or DER.
 *
 * Throws a `CertificateError` that says what is wrong and where: an ASN.1 path and byte offset
 * in the certificate, a line and column in the text. Mends nothing unless told to.
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
export function parseCertificate(
  input: string | Uint8Array,
  options: ParseCertificateOptions = {},
): Certificate {
  const all = readAll(input, options);
  const readings = options?.repair === true ? distinctReadings(all) : all;
  const [first] = readings;
  if (first === undefined) throw problemError({ entry: inputNotCertificate });
  if (readings.length > 1) throw problemError({ entry: pemMultipleCertificates });
  return first.certificate;
}

/**
 * Reads all certificates of a PEM bundle, of PKCS #7, of SAML metadata or of a DER file, in their order.
 *
 * Throws a `CertificateError` if any of them cannot be read, or if there is none.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { parseCertificates } from "samlcert/certificates";
 *
 * const bundle = parseCertificates(await readFile("bundle.pem", "utf8"));
 * console.log(bundle.map((certificate) => certificate.subject.text));
 * ```
 */
export function parseCertificates(input: string | Uint8Array): readonly Certificate[] {
  return readAll(input, { repair: true }).map((reading) => reading.certificate);
}

/** The readings of an input; throws what stands in the way of exactly them. */
function readAll(
  input: string | Uint8Array,
  options: ParseCertificateOptions,
): readonly CertificateReading[] {
  const canonical = typeof input === "string" ? readCanonicalPem(input) : undefined;
  if (canonical !== undefined) return [canonical];
  const { readings, repairs, problems } = triage(input);
  const fatal = problems.find(({ entry }) => entry.severity === "fatal");
  if (fatal !== undefined) throw problemError(fatal);
  const mended = repairs.find(({ entry }) => !LAX.includes(entry));
  if (mended !== undefined && options?.repair !== true) {
    throw problemError({
      ...mended,
      message: `Not read without mending: ${mended.entry.summary}`,
      hint: REPAIR_HINT,
    });
  }
  for (const { defects } of readings) {
    const unlike = defects.find(({ code }) => UNLIKE_ELSEWHERE.includes(code));
    if (unlike !== undefined) throw problemError(problemOf(unlike));
  }
  return readings;
}

/** Some parsers leave these bytes out or write them anew, and so come to another fingerprint. */
const UNLIKE_ELSEWHERE: readonly string[] = ["der.trailing_data", "der.non_minimal_length"];

const REPAIR_HINT = "Give the certificate as RFC 7468 text or DER, or pass { repair: true }.";
