import { certificateKeyCodes } from "../../core/codes/certificates/keys.ts";
import { certificateRuleCodes } from "../../core/codes/certificates/rules.ts";
import type { CodeTable } from "../../core/codes/code.ts";
import type { Check, Finding } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";
import type { Detail, Rule } from "../../core/rule.ts";
import { severityOf } from "../policy/severity.ts";
import { judgeSelfSignature } from "../self-signature.ts";
import { certificateRules } from "./registry.ts";
import { rsaNumbers } from "./rsa-numbers.ts";
import type { CertificateRuleCode, CertificateSubject } from "./subject.ts";

/** The findings of all rules, and which of them ran. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
}

const ROWS: CodeTable<CertificateRuleCode> = { ...certificateRuleCodes, ...certificateKeyCodes };

const CODES = /* @__PURE__ */ Object.keys(certificateRules) as CertificateRuleCode[];

/** Judges a certificate by every rule that its policy does not turn off. */
export function judge(given: Omit<CertificateSubject, "rsa">): Judgement {
  const subject: CertificateSubject = { ...given, rsa: rsaNumbers(given.reading) };
  const { policy } = subject;
  const findings: Finding[] = [];
  const checks = CODES.map((code): Check => {
    const rule: Rule<CertificateSubject> = certificateRules[code];
    const severity = severityOf(policy, code, ROWS[code][0], rule.optIn);
    if (severity === undefined)
      return { id: code, status: "skipped", reason: `off in the policy ${policy.name}` };
    const details = detailsOf(rule, subject);
    for (const { values, path } of details) {
      const issue = { code, values, at: path === undefined ? undefined : { path } };
      findings.push(findingOf(ROWS, issue, severity));
    }
    return { id: code, status: details.length === 0 ? "passed" : "failed" };
  });
  const own = judgeSelfSignature(given.reading, policy);
  return { findings: [...findings, ...own.findings], checks: [...checks, own.check] };
}

const NO_DETAILS: readonly Detail[] = [];
const ONE_WITHOUT: readonly Detail[] = [{}];

function detailsOf(rule: Rule<CertificateSubject>, subject: CertificateSubject): readonly Detail[] {
  const verdict = rule.check(subject);
  if (verdict === false) return NO_DETAILS;
  if (verdict === true) return ONE_WITHOUT;
  return Array.isArray(verdict) ? verdict : [verdict as Detail];
}

/** The checks of an input without a certificate to judge. */
export function skippedChecks(reason: string): readonly Check[] {
  return CODES.map((id): Check => ({ id, status: "skipped", reason }));
}
