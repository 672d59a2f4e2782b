import type { Finding, Location, Severity } from "../../core/finding.ts";
import type { Style } from "./style.ts";
import { printable, wrap } from "./text.ts";

const PAINT: Record<Severity, "bad" | "warn" | "accent"> = {
  error: "bad",
  warning: "warn",
  notice: "accent",
};

/** `line 4:11, certificate`, of what is known. */
export function placeText({ line, column, path }: Location): string {
  const position =
    line === undefined ? "" : `line ${line}${column === undefined ? "" : `:${column}`}`;
  return [position, path ?? ""].filter((part) => part !== "").join(", ");
}

/** Findings for people: severity, code and place, then the sentence and what to do. */
export function findingsText(findings: readonly Finding[], style: Style, width: number): string {
  return findings
    .map((finding) => {
      const at = placeText(finding.at ?? {});
      const head = `${style[PAINT[finding.severity]](finding.severity)}  ${finding.code}`;
      const body = wrap(`${printable(finding.message)} ${printable(finding.hint)}`, width - 4);
      return `${head}${at === "" ? "" : style.dim(`  (${printable(at)})`)}\n    ${body.join("\n    ")}\n`;
    })
    .join("");
}
