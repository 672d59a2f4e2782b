import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join("docs", "reliability.md");

/** Replaces a section of docs/reliability.md, between its two marks. */
export function putSection(name, text) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || rest < before) throw new Error(`${PAGE} has no section ${name}.`);
  const inside = `${start}\n\n${text.trim()}\n\n`;
  writeFileSync(PAGE, page.slice(0, before) + inside + page.slice(rest));
}
