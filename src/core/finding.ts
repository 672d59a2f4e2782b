import type { SamlCertCode } from "./codes/index.ts";

/**
 * How bad a finding is.
 *
 * - `error`: it cannot work, or must not be done.
 * - `warning`: it works today and will cause trouble.
 * - `notice`: good to know; it needs no action.
 */
export type Severity = "error" | "warning" | "notice";

/** A place in the input. Lines and columns count from 1, offsets from 0. */
export interface Location {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Offset in UTF-16 units for text, in bytes for binary input. */
  readonly offset?: number | undefined;
  /** The place in the structure: an ASN.1 path, an element path, a field name. */
  readonly path?: string | undefined;
}

/** A finding about an input. */
export interface Finding {
  /** Stable and dotted, such as `validity.expired`. Documented in `docs/errors.md`. */
  readonly code: SamlCertCode;
  readonly severity: Severity;
  /** The fault, in one sentence. */
  readonly message: string;
  /** The remedy, in one sentence. */
  readonly hint: string;
  readonly at?: Location | undefined;
}

/** The result of one check. A report lists all checks, so that a skipped one is visible. */
export interface Check {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  /** The reason why it was skipped. */
  readonly reason?: string | undefined;
}

/** The entry of one code in the reference: what it means wherever it occurs. */
export interface CodeEntry {
  readonly code: SamlCertCode;
  /** Its severity where no policy says otherwise; `fatal` is always thrown or ends a report. */
  readonly severity: Severity | "fatal";
  readonly summary: string;
  readonly hint: string;
  /** RFC section, profile or provider documentation that it rests on. */
  readonly source?: string | undefined;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, notice: 2 };

/** Orders findings by severity, the worst first; equals keep their order. */
export function bySeverity(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity];
}

/** True if any finding has severity `error`. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
