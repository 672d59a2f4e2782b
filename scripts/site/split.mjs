import { anchorCounter, linesOf } from "./anchors.mjs";

/**
 * Splits a long page at its headings of one level. Returns the parts, each with the anchor of its heading
 * and with the headings raised to start at level 1, and where each anchor of the long page is now.
 */
export function splitPage(text, level) {
  const anchorOf = anchorCounter();
  const parts = [{ anchor: "", title: "", section: "", lines: [], anchorHere: anchorCounter() }];
  const moved = new Map();
  let section = "";
  for (const { line, heading } of linesOf(text)) {
    const anchor = heading && anchorOf(heading.text);
    if (heading && heading.level < level) section = heading.text;
    if (heading && heading.level <= level) {
      const inFront = heading.level < level;
      parts.push({
        anchor: inFront ? "" : anchor,
        title: heading.text,
        section,
        lines: [],
        anchorHere: anchorCounter(),
      });
    }
    const part = parts.at(-1);
    if (heading) {
      const here = part.anchorHere(heading.text);
      moved.set(anchor, { part: part.anchor, anchor: heading.level <= level ? "" : here });
    }
    for (const [, id] of line.matchAll(/<a id="([^"]+)"><\/a>/g)) {
      moved.set(id, { part: part.anchor, anchor: id });
    }
    const raised = heading ? `${"#".repeat(Math.max(1, heading.level - level + 1))} ` : "";
    part.lines.push(heading ? raised + heading.text : line);
  }
  return {
    parts: parts
      .filter(({ anchor }) => anchor !== "")
      .map(({ anchor, title, section: group, lines }) => ({
        anchor,
        title: title.replaceAll("\\", ""),
        section: group,
        // typedoc separates members with a rule.
        text: lines
          .join("\n")
          .replace(/\n\*\*\*\s*$/, "")
          .trim(),
      })),
    front: parts
      .filter(({ anchor }) => anchor === "")
      .flatMap(({ lines }) => lines)
      .join("\n"),
    moved,
  };
}
