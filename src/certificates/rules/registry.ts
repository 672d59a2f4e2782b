import type { Rule } from "../../core/rule.ts";
import { ecRules } from "./ec.ts";
import { keyRules } from "./key.ts";
import { nameRules } from "./names.ts";
import { rsaRules } from "./rsa.ts";
import { serialRules } from "./serial.ts";
import { signatureRules } from "./signature.ts";
import { structureRules } from "./structure.ts";
import type { CertificateRuleCode, CertificateSubject } from "./subject.ts";
import { uploadRules } from "./upload.ts";
import { useRules } from "./use.ts";
import { validityRules } from "./validity.ts";

/** Every rule of certificates, in the order in which their findings are given. */
export const certificateRules: Readonly<Record<CertificateRuleCode, Rule<CertificateSubject>>> = {
  ...validityRules,
  ...serialRules,
  ...structureRules,
  ...nameRules,
  ...rsaRules,
  ...keyRules,
  ...ecRules,
  ...signatureRules,
  ...useRules,
  ...uploadRules,
};
