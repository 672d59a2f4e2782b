import { isObject, need } from "../core/argument.ts";
import { surfaceHint } from "../core/codes/code.ts";
import type { Finding, Severity } from "../core/finding.ts";
import { certificateCodes } from "./codes.ts";
import type { CertificateReport } from "./types.ts";

/** A message that a form shows next to its upload field. */
export interface FieldMessage {
  readonly severity: Severity;
  readonly code: string;
  /** The place, the fault and the remedy, for the person who fills in the form. */
  readonly text: string;
}

function place({ at }: Finding): string {
  if (at?.line === undefined) return "";
  return at.column === undefined ? `Line ${at.line}: ` : `Line ${at.line}, column ${at.column}: `;
}

/**
 * The findings of a report as messages for a form field, the worst first. The text is the same in
 * a browser and at a backend, names no command or option, and never repeats the upload.
 *
 * @example
 * ```ts
 * import { fieldMessages, validateCertificate } from "samlcert/certificates";
 *
 * const report = validateCertificate("what the user pasted", { now: new Date() });
 * for (const { severity, text } of fieldMessages(report)) console.log(`${severity}: ${text}`);
 * ```
 */
export function fieldMessages(
  report: Pick<CertificateReport, "findings">,
): readonly FieldMessage[] {
  need(() => report.findings.every(isObject), "report", "a report of validateCertificate");
  return report.findings.map((finding) => ({
    severity: finding.severity,
    code: finding.code,
    text: `${place(finding)}${finding.message} ${surfaceHint(certificateCodes[finding.code], "form", finding.hint)}`,
  }));
}
