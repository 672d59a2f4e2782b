import type { certificateKeyCodes } from "../../core/codes/certificates/keys.ts";
import type { certificateRuleCodes } from "../../core/codes/certificates/rules.ts";
import type { Rule } from "../../core/rule.ts";
import type { CertificatePolicy } from "../policy/policy.ts";
import type { Certificate } from "../types.ts";
import type { CertificateReading } from "../x509/certificate.ts";
import type { RsaNumbers } from "./rsa-numbers.ts";

/** A certificate, and everything else that a rule needs to judge it. */
export interface CertificateSubject {
  readonly reading: CertificateReading;
  readonly certificate: Certificate;
  /** The numbers of an RSA key that could be read. */
  readonly rsa: RsaNumbers | undefined;
  /** Integer unix seconds. */
  readonly now: number;
  readonly policy: CertificatePolicy;
  /** The certificates that the provider already stores. */
  readonly existing: readonly Certificate[];
}

/** The codes of the tables that are rules; the others are given elsewhere. */
export type CertificateRuleCode = Exclude<
  keyof typeof certificateRuleCodes | keyof typeof certificateKeyCodes,
  `chain.${string}` | "sig.self_signature_invalid"
>;

/** A rule for each code of a pattern, such as `validity.${string}`: the rules of one file. */
export type CertificateRules<Pattern extends string> = Readonly<
  Record<Extract<CertificateRuleCode, Pattern>, Rule<CertificateSubject>>
>;
