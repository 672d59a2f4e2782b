import { hintOn } from "../../core/codes/all.ts";
import type { Finding, Location, Severity } from "../../core/finding.ts";
import type { Style } from "./style.ts";
import { printable, wrap } from "./text.ts";

const PAINT: Record<Severity, "bad" | "warn" | "accent"> = {
  error: "bad",
  warning: "warn",
  notice: "accent",
};

/** `line 4:11, certificate`, as far as the place is known. */
export function placeText({ line, column, path }: Location): string {
  const position =
    line === undefined ? "" : `line ${line}${column === undefined ? "" : `:${column}`}`;
  return [position, path ?? ""].filter((part) => part !== "").join(", ");
}

/** The findings that are shown without `-v`: a notice needs no action. */
export function shownFindings(findings: readonly Finding[], verbose: boolean): readonly Finding[] {
  return verbose ? findings : findings.filter(({ severity }) => severity !== "notice");
}

/** Findings for people: severity, code and place, then the message and the hint. */
export function findingsText(findings: readonly Finding[], style: Style, width: number): string {
  return findings
    .map((finding) => {
      const at = placeText(finding.at ?? {});
      const head = `${style[PAINT[finding.severity]](finding.severity)}  ${finding.code}`;
      const body = wrap(
        `${printable(finding.message)} ${printable(hintOn("terminal", finding))}`,
        width - 4,
      );
      return `${head}${at === "" ? "" : style.dim(`  (${printable(at)})`)}\n    ${body.join("\n    ")}\n`;
    })
    .join("");
}
