import { bySeverity, type Check, type Finding, hasErrors } from "../core/finding.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { triage } from "./paste/triage.ts";
import { problemFinding } from "./problem.ts";
import type { Certificate, CertificateReport, Repair } from "./types.ts";

/** What {@link validateCertificate} is told. */
export interface ValidateOptions {
  /** The time to judge the validity by. Default: the clock. */
  readonly now?: Instant | undefined;
  /** The certificates that the provider holds already. */
  readonly existing?: readonly Certificate[] | undefined;
}

/**
 * Says of any input whether it can be used as a SAML signing certificate, what it is, what is wrong
 * with it and how to fix it. Never throws.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { validateCertificate } from "samlcert/certificates";
 *
 * const report = validateCertificate(readFileSync("upload.txt"), { now: new Date() });
 * for (const finding of report.findings) console.log(`${finding.code}: ${finding.message}`);
 * if (report.ok && report.certificate) console.log(report.certificate.pem);
 * ```
 */
export function validateCertificate(
  input: string | Uint8Array,
  options: ValidateOptions = {},
): CertificateReport {
  const now = unixSeconds(options.now ?? new Date());
  const { readings, repairs, problems } = triage(input);
  const [reading] = readings;
  const mended: Repair[] = repairs.map(({ entry, at }) => ({
    code: entry.code,
    message: entry.summary,
    at,
  }));
  if (reading === undefined || readings.length > 1) {
    return report(problems.map(problemFinding), [], undefined);
  }
  const { certificate } = reading;
  const findings = [...problems, ...reading.defects].map(problemFinding);
  return report([...findings, ...validityFindings(certificate, now)], mended, certificate);
}

function report(
  findings: Finding[],
  repairs: readonly Repair[],
  certificate: Certificate | undefined,
): CertificateReport {
  const checks: Check[] = [
    certificate === undefined
      ? { id: "certificate", status: "failed" }
      : { id: "certificate", status: "passed" },
  ];
  findings.sort(bySeverity);
  return { ok: !hasErrors(findings), certificate, findings, repairs, checks };
}

function validityFindings(certificate: Certificate, now: number): Finding[] {
  const { notBefore, notAfter } = certificate;
  if (now > notAfter.unixSeconds) {
    const message = `The certificate expired on ${notAfter.iso}.`;
    const hint = "Ask the identity provider for its current signing certificate.";
    return [{ code: "validity.expired", severity: "error", message, hint }];
  }
  if (now < notBefore.unixSeconds) {
    const message = `The certificate is not valid before ${notBefore.iso}.`;
    const hint = "Wait, or use the certificate that the identity provider signs with today.";
    return [{ code: "validity.not_yet_valid", severity: "error", message, hint }];
  }
  return [];
}
