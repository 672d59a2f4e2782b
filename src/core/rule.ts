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

/** False if there is nothing to report; otherwise true, or what to report, once or several times. */
export type Verdict = boolean | Detail | readonly Detail[];

/** What one finding of a rule says beyond the words of its code. */
export interface Detail {
  /** What the `{names}` of the message and the hint stand for. */
  readonly values?: Values | undefined;
  /** The place in the structure: an ASN.1 path or an element path. */
  readonly path?: string | undefined;
}

/** What a policy or a profile changes: the severity of a code, or `off`. */
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
