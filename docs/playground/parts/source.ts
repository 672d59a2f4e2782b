import type { Finding } from "../../../src/core/finding.ts";
import { make } from "./dom.ts";

const AROUND = 2;
const MAX_COLUMNS = 160;

interface Fault {
  readonly line: number;
  readonly column: number;
}

/** The word at a fault, or one character. */
function faultEnd(text: string, start: number): number {
  const word = /^<?[\w:+/=.-]+/.exec(text.slice(start, start + 40))?.[0].length ?? 1;
  return start + Math.max(1, word);
}

function lineOf(number: number, text: string, fault: Fault | undefined): HTMLElement {
  // A paste can be one line of 200 KiB, so only the part around the fault is shown.
  const first = fault === undefined ? 0 : Math.max(0, fault.column - 1 - MAX_COLUMNS / 2);
  const part = text.slice(first, first + MAX_COLUMNS);
  const children: (Node | string)[] = [make("span", { class: "number" }, `${number} `)];
  if (first > 0) children.push("…");
  if (fault === undefined) children.push(part);
  else {
    const start = Math.min(fault.column - 1 - first, part.length);
    const end = faultEnd(part, start);
    const marked = part.slice(start, end);
    children.push(
      part.slice(0, start),
      make("mark", {}, marked === "" ? " " : marked),
      part.slice(end),
    );
  }
  if (text.length > first + MAX_COLUMNS) children.push("…");
  return make("span", { class: fault === undefined ? "line" : "line fault" }, ...children, "\n");
}

/** True for a finding about a private key. */
export function holdsPrivateKey(findings: readonly Finding[]): boolean {
  return findings.some(
    ({ code }) =>
      code === "secret.pkcs12" || (code.includes("private_key") && !code.includes("is_public")),
  );
}

/**
 * The lines of a text, as findings count them. Undefined for a binary file, and for a text with a private
 * key, because the page must not display a key again.
 */
export function linesOf(text: string, findings: readonly Finding[]): readonly string[] | undefined {
  const secret = holdsPrivateKey(findings) || /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text);
  return text === "" || secret ? undefined : text.split(/\r\n|\r|\n/);
}

/** The lines around the place of a finding, with the fault marked; undefined without a place. */
export function markedSource(lines: readonly string[], finding: Finding): HTMLElement | undefined {
  const { line, column = 1 } = finding.at ?? {};
  if (line === undefined) return undefined;
  const from = Math.max(1, line - AROUND);
  const to = Math.min(lines.length, line + AROUND);
  const shown: HTMLElement[] = [];
  for (let number = from; number <= to; number++) {
    const fault = number === line ? { line, column } : undefined;
    shown.push(lineOf(number, lines[number - 1] ?? "", fault));
  }
  const label = `The text around line ${line}, column ${column}`;
  return make(
    "pre",
    { class: "source", tabindex: "0", role: "group", "aria-label": label },
    ...shown,
  );
}
