import type { CertificateState } from "../../certificates/state.ts";
import type { CertificateReport } from "../../certificates/types.ts";
import type { CheckSummary } from "../../schemas/documents.ts";
import type { FailedInput } from "../input/failed.ts";

/** The result of one file. */
export interface Outcome {
  readonly file: string;
  readonly text: string;
  readonly report?: CertificateReport;
  readonly state?: CertificateState;
  readonly daysLeft?: number;
  readonly error?: FailedInput;
}

export function summaryOf(outcomes: readonly Outcome[]): CheckSummary {
  const unreadable = outcomes.filter(({ error }) => error !== undefined).length;
  const usable = outcomes.filter(({ report }) => report?.ok === true).length;
  return { usable, unusable: outcomes.length - usable - unreadable, unreadable };
}
