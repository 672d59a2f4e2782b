import { validateCertificate } from "../../../src/certificates/index.ts";
import { grid, make } from "../parts/dom.ts";
import { countText } from "../parts/findings.ts";
import type { NamedPaste, Paste } from "../parts/paste.ts";
import { verdictWords } from "./report.ts";

/** The results of several files, the first ones to end at the top; `open` shows one of them. */
export function manyFiles(
  files: readonly NamedPaste[],
  now: number,
  open: (paste: Paste) => void,
): HTMLElement {
  const rows = files.map(({ name, paste }) => {
    if (paste === undefined) {
      const cells = [name, "too large, or a folder", "", ""];
      return { at: Number.NEGATIVE_INFINITY, cells };
    }
    const report = validateCertificate(paste.input, { now });
    const { tone, words } = verdictWords(report, now);
    const button = make(
      "button",
      { type: "button", class: "example", onclick: () => open(paste) },
      name,
    );
    const at = report.certificate?.notAfter.unixSeconds ?? Number.NEGATIVE_INFINITY;
    const subject = report.certificate?.subject.text ?? "";
    const shown = make("span", { class: `tone ${tone}` }, words);
    return { at, cells: [button, shown, subject, countText(report.findings)] };
  });
  const sorted = [...rows].sort((a, b) => a.at - b.at).map(({ cells }) => cells);
  return grid("Results", ["File", "Result", "Subject", "Findings"], sorted);
}
