import { bySeverity, type Check, type Finding, hasErrors } from "../core/finding.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { distinctReadings, explainBundle } from "./bundle.ts";
import { problemOf } from "./der/problem.ts";
import { REPAIRS } from "./paste/codes.ts";
import { type Triage, triage } from "./paste/triage.ts";
import { pemMultipleCertificates } from "./pem/codes.ts";
import { type CertificatePolicy, type PolicyOption, resolvePolicy } from "./policy/policy.ts";
import { severityOf } from "./policy/severity.ts";
import { type Problem, problemFinding } from "./problem.ts";
import { judge, skippedChecks } from "./rules/judge.ts";
import type { CertificateSubject } from "./rules/subject.ts";
import type { Certificate, CertificateReport, Repair } from "./types.ts";
import type { CertificateReading } from "./x509/certificate.ts";

/** What {@link validateCertificate} is told. */
export interface ValidateOptions {
  /** The time to judge the validity by. Default: the clock. What is no time is a `RangeError`. */
  readonly now?: Instant | undefined;
  /** Default `upload`. */
  readonly policy?: PolicyOption | undefined;
  /** The certificates that the provider holds already. */
  readonly existing?: readonly Certificate[] | undefined;
}

/**
 * Says of any input whether it can be used as a SAML signing certificate, what it is, what is wrong
 * with it and how to fix it. Never throws because of the input; options that cannot be meant are a
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
  const policy = resolvePolicy(options?.policy);
  const now = unixSeconds(options?.now ?? new Date());
  const found = triage(input);
  const readings = distinctReadings(found.readings);
  const [reading] = readings;
  if (reading === undefined) return reportNothing(found, policy);
  if (readings.length > 1) return reportMany(found, readings, policy);
  const facts = {
    reading,
    certificate: reading.certificate,
    now,
    policy,
    existing: options?.existing ?? [],
  };
  const problems = [...found.problems, ...reading.defects.map(problemOf)];
  const repairs =
    found.readings.length > 1 ? [...found.repairs, { entry: REPAIRS.duplicate }] : found.repairs;
  return reportOne(facts, problems, repairs.map(toRepair));
}

function toRepair({ entry, at }: Problem): Repair {
  const repair = { code: entry.code, message: entry.summary };
  return at === undefined ? repair : { ...repair, at };
}

function findingsOf(problems: readonly Problem[], policy: CertificatePolicy): Finding[] {
  return problems.flatMap((problem) => {
    const severity = severityOf(policy, problem.entry.code, problem.entry.severity);
    return severity === undefined ? [] : [{ ...problemFinding(problem), severity }];
  });
}

function reportOne(
  facts: Omit<CertificateSubject, "rsa">,
  problems: readonly Problem[],
  repairs: Repair[],
): CertificateReport {
  const { certificate, policy } = facts;
  const judgement = judge(facts);
  const findings = [...findingsOf(problems, policy), ...judgement.findings].sort(bySeverity);
  const checks: Check[] = [{ id: "input", status: "passed" }, ...judgement.checks];
  return { ok: !hasErrors(findings), certificate, findings, repairs, checks };
}

function reportNothing(found: Triage, policy: CertificatePolicy): CertificateReport {
  const findings = findingsOf(found.problems, policy).sort(bySeverity);
  const checks: Check[] = [
    { id: "input", status: "failed" },
    ...skippedChecks("there is no certificate that could be read"),
  ];
  return { ok: false, findings, repairs: [], checks };
}

function reportMany(
  found: Triage,
  readings: readonly CertificateReading[],
  policy: CertificatePolicy,
): CertificateReport {
  const certificates = readings.map(({ certificate }) => certificate);
  const message = `There are ${readings.length} different certificates: ${explainBundle(certificates)}.`;
  const problems = [{ entry: pemMultipleCertificates, message }, ...found.problems];
  const findings = findingsOf(problems, policy).sort(bySeverity);
  const checks: Check[] = [
    { id: "input", status: "failed" },
    ...skippedChecks("it is not clear which of several certificates is meant"),
  ];
  return { ok: false, findings, repairs: [], checks };
}
