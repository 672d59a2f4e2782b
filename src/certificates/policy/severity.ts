import type { CodeTable } from "../../core/codes/code.ts";
import type { SamlCertCode } from "../../core/codes/index.ts";
import type { Finding, Severity } from "../../core/finding.ts";
import { findingOf, type Issue } from "../../core/issue.ts";
import { severityUnder } from "../../core/rule.ts";
import type { CertificatePolicy } from "./policy.ts";

/** The severity that a policy gives to a code; undefined where it is off. */
export function severityOf(
  { rules }: CertificatePolicy,
  code: string,
  own: Severity | "fatal",
  optIn = false,
): Severity | undefined {
  // No policy can wave through an input that cannot be read.
  return own === "fatal" ? "error" : severityUnder<string>(rules, code, own, optIn);
}

/** The finding of an issue as a list: empty where the policy turns its code off. */
export function findingsUnder<Code extends SamlCertCode>(
  policy: CertificatePolicy,
  table: CodeTable<Code>,
  issue: Issue<Code>,
): readonly Finding[] {
  const severity = severityOf(policy, issue.code, table[issue.code][0]);
  return severity === undefined ? [] : [findingOf(table, issue, severity)];
}
