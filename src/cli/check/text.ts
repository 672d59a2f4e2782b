import type { CertificateState } from "../../certificates/state.ts";
import type { Check } from "../../core/finding.ts";
import { unixSeconds } from "../../core/time.ts";
import type { Io } from "../framework/io.ts";
import { caretLines } from "../output/caret.ts";
import { factLine, factLines } from "../output/certificate.ts";
import { findingsText, shownFindings } from "../output/findings.ts";
import { type Style, styleFor } from "../output/style.ts";
import { tableWidth } from "../output/table.ts";
import { count, printable } from "../output/text.ts";
import { type Outcome, summaryOf } from "./outcome.ts";

/** How the report is written. */
interface View {
  readonly io: Io;
  readonly style: Style;
  /** True if notices and the checks without findings are shown. */
  readonly verbose: boolean;
}

/** The report of `samlcert check`, for people. */
export function outcomesText(outcomes: readonly Outcome[], io: Io, verbose: boolean): string {
  const style = styleFor(io.stdout, io);
  const view: View = { io, style, verbose };
  const many = outcomes.length > 1;
  let text = "";
  let wasShort = true;
  for (const outcome of outcomes) {
    const short = many && isQuiet(outcome);
    const gap = text === "" || (short && wasShort) ? "" : "\n";
    text += `${gap}${short ? quietText(outcome, style) : outcomeText(outcome, view)}\n`;
    wasShort = short;
  }
  return many ? `${text}\n${summaryText(outcomes, style)}` : text;
}

/** True for a file without anything to act on: among many files it gets one line. */
function isQuiet({ report }: Outcome): boolean {
  if (report === undefined) return true;
  return (
    report.repairs.length === 0 && report.findings.every(({ severity }) => severity === "notice")
  );
}

const STATES: Readonly<Record<CertificateState, "good" | "warn" | "bad">> = {
  pending: "warn",
  active: "good",
  expiring: "warn",
  expired: "bad",
};

function headline({ file, report, state }: Outcome, style: Style): string {
  if (report === undefined) return `${printable(file)}: ${style.bad("cannot be read")}`;
  const verdict = report.ok ? style.good("can be used") : style.bad("cannot be used");
  return `${printable(file)}: ${verdict}${state === undefined ? "" : `, ${style[STATES[state]](state)}`}`;
}

function quietText(outcome: Outcome, style: Style): string {
  const { daysLeft } = outcome;
  const left = daysLeft === undefined ? "" : `, ${count(daysLeft, "day")} left`;
  return `${headline(outcome, style)}${left}`;
}

function outcomeText(outcome: Outcome, { io, style, verbose }: View): string {
  const { report } = outcome;
  const width = Math.min(100, io.stdout.columns);
  const lines = [headline(outcome, style)];
  if (report?.certificate !== undefined) {
    const now = unixSeconds(io.now());
    lines.push(...factLines(report.certificate, now, style, tableWidth(io.stdout)));
  }
  for (const { message } of report?.repairs ?? []) {
    lines.push(...factLine(["repaired", message], style, tableWidth(io.stdout)));
  }
  const findings = report?.findings ?? [];
  const shown = shownFindings(findings, verbose);
  for (const finding of shown) {
    lines.push(findingsText([finding], style, width).trimEnd());
    if (finding.severity !== "notice")
      lines.push(...caretLines(outcome.text, finding.at, style, width));
  }
  if (verbose) lines.push(...checkLines(report?.checks ?? [], style, width));
  const hidden = findings.length - shown.length;
  if (hidden > 0) lines.push(style.dim(`  ${count(hidden, "notice")} not shown; -v shows them`));
  return lines.join("\n");
}

/** The checks that passed, and those that were skipped with their reasons. */
function checkLines(checks: readonly Check[], style: Style, width: number): string[] {
  const passed = checks.filter(({ status }) => status === "passed").map(({ id }) => id);
  const skipped = checks.filter(({ status }) => status === "skipped");
  return [
    ...(passed.length === 0 ? [] : factLine([`passed`, passed.join(", ")], style, width)),
    ...skipped.flatMap(({ id, reason }) =>
      factLine(
        ["skipped", reason === undefined ? id : `${id}: ${printable(reason)}`],
        style,
        width,
      ),
    ),
  ];
}

/** The summary names at most this many files. */
const MOST_NAMED = 10;

function summaryText(outcomes: readonly Outcome[], style: Style): string {
  const { usable, unusable, unreadable } = summaryOf(outcomes);
  const parts = [`${usable} can be used`, `${unusable} cannot be used`];
  if (unreadable > 0) parts.push(`${unreadable} cannot be read`);
  const bad = outcomes.filter(({ report }) => report?.ok !== true);
  const named = bad.slice(0, MOST_NAMED).map((outcome) => `  ${headline(outcome, style)}\n`);
  const rest = bad.length > MOST_NAMED ? `  and ${bad.length - MOST_NAMED} more\n` : "";
  const counts = `${style.bold(count(outcomes.length, "file"))}: ${parts.join(", ")}\n`;
  return `${counts}${named.join("")}${rest}`;
}
