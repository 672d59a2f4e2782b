import type { Values } from "./codes/code.ts";
import type { Severity } from "./finding.ts";

/**
 * One check of a certificate or of metadata. A layer has one registry, `code -> rule`, in the order in
 * which findings are given; words, severity and source are in the layer's table of codes.
 */
export interface Rule<Subject> {
  /** Runs only where a policy or a profile names the code. */
  readonly optIn?: true;
  check(subject: Subject): Verdict;
}

/** False without a finding; true for one finding; or the details of one or more findings. */
export type Verdict = boolean | Detail | readonly Detail[];

/** The details of one finding, in addition to the words of its code. */
export interface Detail {
  /** The values of the `{names}` in the message and the hint. */
  readonly values?: Values | undefined;
  /** The place in the structure: an ASN.1 path or an element path. */
  readonly path?: string | undefined;
}

/** The changes of a policy or a profile: a severity for a code, or `off`. */
export type Severities<Code extends string> = Readonly<Partial<Record<Code, Severity | "off">>>;

/** The severity of a rule under a policy or a profile; undefined where it does not run. */
export function severityUnder<Code extends string>(
  changes: Severities<Code>,
  code: Code,
  own: Severity,
  optIn: boolean,
): Severity | undefined {
  const chosen = changes[code] ?? (optIn ? "off" : own);
  return chosen === "off" ? undefined : chosen;
}
