import type { Finding, Severity } from "../../../core/finding.ts";
import { printable } from "../../output/text.ts";
import type { Outcome } from "../outcome.ts";
import { findingsOf, isLocalFile } from "./findings.ts";

/** The workflow commands of GitHub Actions that annotate a line. */
const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  notice: "notice",
};

/** The findings as annotations of a GitHub Actions run: one workflow command a line. */
export function githubText(outcomes: readonly Outcome[], verbose: boolean): string {
  return outcomes
    .flatMap((outcome) =>
      findingsOf(outcome, verbose).map((finding) => annotation(outcome.file, finding)),
    )
    .join("");
}

function annotation(file: string, { severity, code, message, hint, at }: Finding): string {
  const { line = 1, column } = at ?? {};
  const place = isLocalFile(file)
    ? [`file=${property(file)}`, `line=${line}`, ...(column === undefined ? [] : [`col=${column}`])]
    : [];
  const words = isLocalFile(file) ? `${message} ${hint}` : `${file}: ${message} ${hint}`;
  const properties = [...place, `title=${property(code)}`].join(",");
  return `::${COMMANDS[severity]} ${properties}::${data(words)}\n`;
}

/** A message, which ends at the end of its line. */
function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
