import { isText } from "../core/argument.ts";
import { bySeverity, type Check, type Finding, hasErrors } from "../core/finding.ts";
import { ANY, checkOptions, INSTANT, LIST, type OptionKinds } from "../core/options.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { distinctReadings, explainBundle } from "./bundle.ts";
import { readingCodes } from "./codes.ts";
import { explainedIssue } from "./der/issue.ts";
import { type ReadingIssue, withDetail } from "./issue.ts";
import { type PasteReading, readPaste } from "./paste/pipeline.ts";
import { readCanonicalPem } from "./pem/canonical.ts";
import { type CertificatePolicy, type PolicyOption, resolvePolicy } from "./policy/policy.ts";
import { findingsUnder } from "./policy/severity.ts";
import { toRepair } from "./repair.ts";
import { judge, skippedChecks } from "./rules/judge.ts";
import type { CertificateSubject } from "./rules/subject.ts";
import { issuerFindings, signingChainsOf } from "./signing-certificate.ts";
import type { Certificate, CertificateReport } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";
import { strictChecks } from "./x509/checks.ts";

/** The options of {@link validateCertificate}. */
export interface ValidateOptions {
  /** The time to judge the validity by. Default: the clock. Anything else is a `TypeError`. */
  readonly now?: Instant | undefined;
  /** Default `upload`. */
  readonly policy?: PolicyOption | undefined;
  /** The certificates that are already stored at the provider. */
  readonly existing?: readonly Certificate[] | undefined;
}

export const VALIDATE_OPTIONS: OptionKinds<ValidateOptions> = {
  now: INSTANT,
  policy: ANY,
  existing: LIST,
};

/**
 * Says of any input whether it can be used as a SAML signing certificate, what it is, what is wrong
 * with it and how to fix it. Of a chain, the end entity is judged, and the issuers are named (see
 * {@link signingCertificate}). Never throws because of the input; options that cannot be meant are a
 * `RangeError` or a `TypeError`, so that nothing is judged by another time or policy than asked for.
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
  checkOptions(options, VALIDATE_OPTIONS, "validateCertificate");
  const policy = resolvePolicy(options?.policy);
  const now = unixSeconds(options?.now ?? new Date());
  const found = readAny(input);
  const readings = distinctReadings(found.readings);
  const [chain, ...others] = signingChainsOf(found.readings);
  const reading = found.readings.find(({ certificate }) => certificate === chain?.certificate);
  if (chain === undefined || reading === undefined) return reportNothing(found, policy);
  if (others.length > 0) return reportMany(found, readings, policy);
  const { certificate, issuers } = chain;
  const facts = { reading, certificate, now, policy, existing: options?.existing ?? [] };
  const isTwice = found.readings.length > readings.length;
  const repairs: readonly ReadingIssue[] = isTwice
    ? [...found.repairs, { code: "pem.duplicate_certificate" }]
    : found.repairs;
  const issues = reading.issues.map((issue) => explainedIssue(issue, readingCodes));
  return reportOne(facts, [...found.issues, ...issues], repairs, issuerFindings(issuers));
}

/** PEM in RFC 7468's strict form leaves nothing to repair or to say; anything else is read as a paste. */
function readAny(input: string | Uint8Array): PasteReading {
  const reading = isText(input) ? readCanonicalPem(input, strictChecks) : undefined;
  if (reading === undefined) return readPaste(input);
  return { readings: [reading], repairs: [], issues: [], requests: [] };
}

function findingsOf(issues: readonly ReadingIssue[], policy: CertificatePolicy): Finding[] {
  return issues.flatMap((issue) =>
    findingsUnder(policy, readingCodes, issue).map((finding) => ({
      ...finding,
      message: withDetail(finding.message, issue.detail),
    })),
  );
}

function reportOne(
  facts: Omit<CertificateSubject, "rsa">,
  issues: readonly ReadingIssue[],
  repairs: readonly ReadingIssue[],
  aside: readonly Finding[],
): CertificateReport {
  const { certificate, policy } = facts;
  const judgement = judge(facts);
  const findings = [...findingsOf(issues, policy), ...judgement.findings, ...aside].sort(
    bySeverity,
  );
  const checks: Check[] = [{ id: "input", status: "passed" }, ...judgement.checks];
  return {
    ok: !hasErrors(findings),
    certificate,
    findings,
    repairs: repairs.map(toRepair),
    checks,
  };
}

function reportNothing(found: PasteReading, policy: CertificatePolicy): CertificateReport {
  const findings = findingsOf(found.issues, policy).sort(bySeverity);
  const checks: Check[] = [
    { id: "input", status: "failed" },
    ...skippedChecks("there is no certificate that could be read"),
  ];
  return { ok: false, findings, repairs: [], checks };
}

function reportMany(
  found: PasteReading,
  readings: readonly CertificateReading[],
  policy: CertificatePolicy,
): CertificateReport {
  const certificates = readings.map(({ certificate }) => certificate);
  const several: ReadingIssue = {
    code: "pem.multiple_certificates",
    values: { count: readings.length },
    detail: `They are: ${explainBundle(certificates)}.`,
  };
  const findings = findingsOf([several, ...found.issues], policy).sort(bySeverity);
  const checks: Check[] = [
    { id: "input", status: "failed" },
    ...skippedChecks("it is not clear which of several certificates is meant"),
  ];
  return { ok: false, findings, repairs: [], checks };
}
