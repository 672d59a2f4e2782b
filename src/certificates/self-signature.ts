import { isObject, need } from "../core/argument.ts";
import { certificateRuleCodes } from "../core/codes/certificate-rules.ts";
import { bySeverity, type Check, type Severity } from "../core/finding.ts";
import { findingOf } from "../core/issue.ts";
import { needCertificate } from "./argument.ts";
import { authorityKey, subjectKey } from "./bundle.ts";
import { isSelfIssued } from "./compare.ts";
import { ownSignature } from "./peculiar.ts";
import { type PolicyOption, resolvePolicy } from "./policy/policy.ts";
import { severityOf } from "./policy/severity.ts";
import type { Certificate, CertificateReport } from "./types.ts";

const CODE = "sig.self_signature_invalid";
const [SEVERITY] = certificateRuleCodes[CODE];

/** What is known of the signature on a certificate: whether its own key made it, if it should have. */
export type SelfSignature = "valid" | "invalid" | "other_key" | "unverifiable";

export async function selfSignature(certificate: Certificate): Promise<SelfSignature> {
  const own = subjectKey(certificate);
  // A new key of the same name may be signed with the old one (RFC 5280, 3.2 and 4.2.1.1).
  const signer = authorityKey(certificate) ?? own;
  if (!isSelfIssued(certificate) || (own !== undefined && own !== signer)) return "other_key";
  const valid = await ownSignature(certificate);
  return valid === undefined ? "unverifiable" : valid ? "valid" : "invalid";
}

/**
 * A report with one more check: whether the signature on a self-signed certificate is by its own key.
 * Whoever trusts the key does not verify it, so `validateCertificate` does not either; but where it is
 * wrong, a byte of the certificate was changed on the way. Skipped, with the reason, for a certificate
 * that another key signed, and where the runtime's Web Cryptography does not have the algorithm. Never
 * rejects because of the input.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { checkSelfSignature, validateCertificate } from "samlcert/certificates";
 *
 * const report = await checkSelfSignature(validateCertificate(readFileSync("upload.txt")));
 * for (const { code, message } of report.findings) console.log(`${code}: ${message}`);
 * ```
 */
export async function checkSelfSignature(
  report: CertificateReport,
  policy?: PolicyOption,
): Promise<CertificateReport> {
  need(
    () => [...report.findings, ...report.checks].every(isObject),
    "report",
    "what validateCertificate gives",
  );
  if (report.certificate !== undefined) needCertificate(report.certificate);
  const severity = severityOf(resolvePolicy(policy), CODE, SEVERITY);
  const check = await checkOf(report.certificate, severity);
  const checks = [...report.checks, check];
  if (severity === undefined || check.status !== "failed") return { ...report, checks };
  const finding = findingOf(certificateRuleCodes, { code: CODE }, severity);
  const findings = [...report.findings, finding].sort(bySeverity);
  return { ...report, ok: report.ok && severity !== "error", findings, checks };
}

async function checkOf(
  certificate: Certificate | undefined,
  severity: Severity | undefined,
): Promise<Check> {
  const id = CODE;
  if (severity === undefined) return { id, status: "skipped", reason: "off in the policy" };
  if (certificate === undefined)
    return { id, status: "skipped", reason: "there is no certificate" };
  const found = await selfSignature(certificate);
  if (found === "other_key") return { id, status: "skipped", reason: "another key signed it" };
  if (found === "unverifiable")
    return { id, status: "skipped", reason: "this runtime cannot verify the signature" };
  return { id, status: found === "valid" ? "passed" : "failed" };
}
