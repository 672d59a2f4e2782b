import { isObject, need } from "../core/argument.ts";
import type { Finding, Severity } from "../core/finding.ts";
import type { CertificateReport } from "./types.ts";

/** What a form shows beside the field of an upload. */
export interface FieldMessage {
  readonly severity: Severity;
  readonly code: string;
  /** Where the fault is, what it is and what to do: sentences for the person who fills in the form. */
  readonly text: string;
}

function place({ at }: Finding): string {
  if (at?.line === undefined) return "";
  return at.column === undefined ? `Line ${at.line}: ` : `Line ${at.line}, column ${at.column}: `;
}

/**
 * The findings of a report as messages for a form field, the worst first. The words are the same in
 * a browser and at a backend, and none of them repeats the upload.
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
  need(() => report.findings.every(isObject), "report", "what validateCertificate gives");
  return report.findings.map((finding) => ({
    severity: finding.severity,
    code: finding.code,
    text: `${place(finding)}${finding.message} ${finding.hint}`,
  }));
}
