import { type CodeTable, type Values, words } from "./codes/code.ts";
import type { SamlCertCode } from "./codes/index.ts";
import type { ErrorDetails, SamlCertError } from "./errors.ts";
import type { Finding, Location, Severity } from "./finding.ts";

/** A finding, or the reason of an error, before it is worded. */
export interface Issue<Code extends SamlCertCode = SamlCertCode> {
  readonly code: Code;
  /** The values of the `{names}` in the message and the hint. */
  readonly values?: Values | undefined;
  readonly at?: Location | undefined;
}

/** The finding of an issue, in the words of its table; its own severity where `severity` gives none. */
export function findingOf<Code extends SamlCertCode>(
  table: CodeTable<Code>,
  { code, values, at }: Issue<Code>,
  severity?: Severity,
): Finding {
  const { severity: own, message, hint } = words(table[code], values);
  const finding = { code, severity: severity ?? (own === "fatal" ? "error" : own), message, hint };
  return at === undefined ? finding : { ...finding, at };
}

/** The error of an issue, in the words of its table. Only pass a cause that cannot contain a secret. */
export function errorOf<Code extends SamlCertCode, Thrown extends SamlCertError>(
  type: new (code: SamlCertCode, message: string, details: ErrorDetails) => Thrown,
  table: CodeTable<Code>,
  { code, values, at }: Issue<Code>,
  cause?: unknown,
): Thrown {
  const { message, hint } = words(table[code], values);
  return new type(code, message, { hint, at, cause });
}
