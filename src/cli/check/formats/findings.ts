import { hintOn } from "../../../core/codes/all.ts";
import type { Finding } from "../../../core/finding.ts";
import { isUrl } from "../../input/urls.ts";
import { shownFindings } from "../../output/findings.ts";
import type { Outcome } from "../outcome.ts";

/** The findings of an input to report; the reason why it cannot be read is one. */
export function findingsOf({ report, error }: Outcome, verbose: boolean): readonly Finding[] {
  if (error !== undefined) {
    const { code, message, hint } = error;
    return [{ code, severity: "error", message, hint }];
  }
  const shown = shownFindings(report?.findings ?? [], verbose);
  return shown.map((finding) => ({ ...finding, hint: hintOn("terminal", finding) }));
}

/** False for a URL and for standard input, whose lines cannot be annotated. */
export function isLocalFile(file: string): boolean {
  return !isUrl(file) && file !== "standard input";
}
