import { derCodes } from "../core/codes/certificate-der.ts";
import { certificateKeyCodes } from "../core/codes/certificate-keys.ts";
import { certificateRuleCodes } from "../core/codes/certificate-rules.ts";
import type { CodeTable } from "../core/codes/code.ts";
import type { SamlCertCode } from "../core/codes/index.ts";
import type { CodeEntry } from "../core/finding.ts";
import { inputCodes } from "./input-codes.ts";
import { pasteCodes } from "./paste/codes.ts";
import { kindCodes } from "./paste/kind-codes.ts";
import { pemCodes } from "./pem/codes.ts";
import { requestMalformed } from "./x509/codes.ts";

/** Every code that the certificate layer gives, in the order of the reading. */
export const certificateCodes: readonly CodeEntry[] = [
  ...inputCodes,
  ...kindCodes,
  ...pemCodes,
  ...pasteCodes,
  ...entriesOf(derCodes),
  requestMalformed,
  ...entriesOf(certificateRuleCodes),
  ...entriesOf(certificateKeyCodes),
];

function entriesOf(table: CodeTable): readonly CodeEntry[] {
  return Object.entries(table).map(([code, [severity, summary, hint, source]]) => ({
    code: code as SamlCertCode,
    severity,
    summary,
    hint: typeof hint === "string" ? hint : hint.library,
    source,
  }));
}
