import type { CodeEntry } from "../core/finding.ts";
import { derCodes } from "./der/codes.ts";
import { inputCodes } from "./input-codes.ts";
import { pasteCodes } from "./paste/codes.ts";
import { kindCodes } from "./paste/kind-codes.ts";
import { pemCodes } from "./pem/codes.ts";
import { RULES } from "./rules/all.ts";
import { selfSignatureInvalid } from "./self-signature.ts";
import { requestMalformed } from "./x509/codes.ts";

/** Every code that the certificate layer gives, in the order of the reading. */
export const certificateCodes: readonly CodeEntry[] = [
  ...inputCodes,
  ...kindCodes,
  ...pemCodes,
  ...pasteCodes,
  ...derCodes,
  requestMalformed,
  ...RULES.map(({ code, severity, summary, hint, source }) => ({
    code,
    severity,
    summary,
    hint,
    source,
  })),
  selfSignatureInvalid,
];
