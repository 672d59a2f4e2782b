import { CertificateError } from "../core/errors.ts";
import type { CodeEntry, Finding, Location } from "../core/finding.ts";

/** A fault of the input, before it is known whether it is thrown or reported. */
export interface Problem {
  readonly entry: CodeEntry;
  /** Instead of the entry's summary, where there is more to say. */
  readonly message?: string | undefined;
  readonly hint?: string | undefined;
  readonly at?: Location | undefined;
}

export function problemError({ entry, message, hint, at }: Problem): CertificateError {
  return new CertificateError(entry.code, message ?? entry.summary, {
    hint: hint ?? entry.hint,
    at,
  });
}

export function problemFinding({ entry, message, hint, at }: Problem): Finding {
  const severity = entry.severity === "fatal" ? "error" : entry.severity;
  const finding = {
    code: entry.code,
    severity,
    message: message ?? entry.summary,
    hint: hint ?? entry.hint,
  };
  return at === undefined ? finding : { ...finding, at };
}
