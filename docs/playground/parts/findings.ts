import { hintOn } from "../../../src/core/codes/all.ts";
import type { Check, Finding, Severity } from "../../../src/core/finding.ts";
import { make } from "./dom.ts";
import { codeLink } from "./links.ts";
import { markedSource } from "./source.ts";

const NAMES: Record<Severity, string> = { error: "Error", warning: "Warning", notice: "Notice" };

/** `2 errors and 1 warning`. */
export function countText(findings: readonly Finding[]): string {
  const counts = (["error", "warning", "notice"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return counts.length > 1
    ? `${counts.slice(0, -1).join(", ")} and ${counts.at(-1)}`
    : (counts[0] ?? "no findings");
}

function placeText({ at }: Finding): string {
  const line = at?.line === undefined ? "" : `line ${at.line}, column ${at.column ?? 1}`;
  return [line, at?.path ?? ""].filter((part) => part !== "").join(", ");
}

/** The look of a verdict: `bad` with an error, `fair` with a warning, otherwise `good`. */
export function toneOf(findings: readonly Finding[]): "good" | "fair" | "bad" {
  const has = (severity: Severity): boolean =>
    findings.some((finding) => finding.severity === severity);
  if (has("error")) return "bad";
  return has("warning") ? "fair" : "good";
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  const order: readonly Severity[] = ["error", "warning", "notice"];
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** Findings, the worst first, with the text around each fault if `source` is given. */
export function findingList(findings: readonly Finding[], source?: readonly string[]): HTMLElement {
  return make(
    "ul",
    { class: "findings" },
    ...worstFirst(findings).map((finding) => {
      const { severity, message, code } = finding;
      const marked = source === undefined ? undefined : markedSource(source, finding);
      const place = placeText(finding);
      return make(
        "li",
        { class: severity },
        make("p", {}, make("strong", {}, `${NAMES[severity]}: `), message),
        make("p", { class: "hint" }, hintOn("form", finding)),
        ...(marked === undefined ? [] : [marked]),
        make("p", { class: "code" }, codeLink(code), place === "" ? "" : ` (${place})`),
      );
    }),
  );
}

/** The checks that ran and those that were skipped, so that a missing check is visible. */
export function checkList(checks: readonly Check[]): HTMLElement {
  const count = (status: Check["status"]): number =>
    checks.filter((check) => check.status === status).length;
  const [failed, skipped] = [count("failed"), count("skipped")];
  const words = [
    `${count("passed")} checks passed`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ].join(", ");
  return make(
    "details",
    { class: "checks" },
    make("summary", {}, words),
    make(
      "ul",
      { class: "repairs" },
      ...checks.map(({ id, status, reason }) =>
        make(
          "li",
          {},
          make("code", {}, id),
          ` ${status}${reason === undefined ? "" : `: ${reason}`}`,
        ),
      ),
    ),
  );
}
