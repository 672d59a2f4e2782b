import { isObject, need } from "../core/argument.ts";
import { certificateRuleCodes } from "../core/codes/certificates/rules.ts";
import { bySeverity, type Check, type Finding, hasErrors, type Severity } from "../core/finding.ts";
import { findingOf } from "../core/issue.ts";
import { needCertificate } from "./argument.ts";
import { authorityKey, subjectKey } from "./bundle.ts";
import { isSelfIssued } from "./compare.ts";
import { nativeVerdict } from "./native-signature.ts";
import { ownSignature } from "./own-signature.ts";
import { type CertificatePolicy, type PolicyOption, resolvePolicy } from "./policy/policy.ts";
import { severityOf } from "./policy/severity.ts";
import type { Certificate, CertificateReport } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";

const CODE = "sig.self_signature_invalid";

/** The result of verifying a certificate with its own key. */
export type SelfSignature = "valid" | "invalid" | "other_key" | "unverifiable";

/** False if another key signed it: a new key of the same name may be signed with the old one. */
function isSignedWithOwnKey(certificate: Certificate): boolean {
  const own = subjectKey(certificate);
  // RFC 5280, 3.2 and 4.2.1.1.
  const signer = authorityKey(certificate) ?? own;
  return isSelfIssued(certificate) && (own === undefined || own === signer);
}

function resultOf(verdict: boolean | undefined): SelfSignature {
  return verdict === undefined ? "unverifiable" : verdict ? "valid" : "invalid";
}

/** Verifies with the synchronous cryptography of Node, Bun and Deno; `unverifiable` elsewhere. */
function selfSignatureNow(reading: CertificateReading): SelfSignature {
  return isSignedWithOwnKey(reading.certificate) ? resultOf(nativeVerdict(reading)) : "other_key";
}

/** As {@link selfSignatureNow}, with Web Cryptography for what native cryptography cannot verify. */
export async function selfSignature(certificate: Certificate): Promise<SelfSignature> {
  return isSignedWithOwnKey(certificate) ? resultOf(await ownSignature(certificate)) : "other_key";
}

/** The check of the self-signature in a report, and its finding if it failed. */
export interface SelfSignatureJudgement {
  readonly check: Check;
  readonly findings: readonly Finding[];
}

/** Checks a self-signature as far as that is possible synchronously. */
export function judgeSelfSignature(
  reading: CertificateReading,
  policy: CertificatePolicy,
): SelfSignatureJudgement {
  const severity = severityUnder(policy);
  return severity === undefined ? OFF : judgementOf(selfSignatureNow(reading), severity);
}

function severityUnder(policy: CertificatePolicy): Severity | undefined {
  return severityOf(policy, CODE, certificateRuleCodes[CODE][0]);
}

const OFF: SelfSignatureJudgement = {
  check: { id: CODE, status: "skipped", reason: "off in the policy" },
  findings: [],
};

const SKIPPED: Readonly<Partial<Record<SelfSignature, string>>> = {
  other_key: "another key signed it",
  unverifiable: "this runtime cannot verify the signature",
};

function judgementOf(result: SelfSignature, severity: Severity): SelfSignatureJudgement {
  const reason = SKIPPED[result];
  if (reason !== undefined) return { check: { id: CODE, status: "skipped", reason }, findings: [] };
  if (result === "valid") return { check: { id: CODE, status: "passed" }, findings: [] };
  return {
    check: { id: CODE, status: "failed" },
    findings: [findingOf(certificateRuleCodes, { code: CODE }, severity)],
  };
}

/**
 * A report whose self-signature was verified, also where that is possible with Web Cryptography only:
 * in browsers, and for RSASSA-PSS. On Node, Bun and Deno `validateCertificate` has already verified
 * all others. An invalid self-signature means that the text was damaged on the way: nobody who trusts
 * the key verifies it. Never rejects because of the input.
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
    "a report of validateCertificate",
  );
  const { certificate } = report;
  if (certificate !== undefined) needCertificate(certificate);
  const severity = severityUnder(resolvePolicy(policy));
  const { check, findings } = await judgedAgain(certificate, severity);
  const all = [...report.findings.filter(({ code }) => code !== CODE), ...findings];
  return {
    ...report,
    ok: certificate !== undefined && !hasErrors(all),
    findings: all.sort(bySeverity),
    checks: [...report.checks.filter(({ id }) => id !== CODE), check],
  };
}

async function judgedAgain(
  certificate: Certificate | undefined,
  severity: Severity | undefined,
): Promise<SelfSignatureJudgement> {
  if (severity === undefined) return OFF;
  if (certificate !== undefined) return judgementOf(await selfSignature(certificate), severity);
  return {
    check: { id: CODE, status: "skipped", reason: "there is no certificate" },
    findings: [],
  };
}
