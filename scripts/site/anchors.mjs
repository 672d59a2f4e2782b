/** Anchors as GitHub makes them, so that one link works there, in an editor and on the site. */

export function slug(heading) {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*\\]/g, "")
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/** Numbers repeated anchors of one page: `docs`, `docs-1`, `docs-2`. */
export function anchorCounter() {
  const seen = new Map();
  return (heading) => {
    const anchor = slug(heading);
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  };
}

/** The lines of a page, each with its heading (`{ level, text }`) unless it is in a code block. */
export function linesOf(text) {
  let fenced = false;
  return text.split("\n").map((line) => {
    if (/^ {0,3}```/.test(line)) fenced = !fenced;
    const [, marks, title] = (!fenced && /^(#{1,6})\s+(.+)$/.exec(line)) || [];
    return { line, heading: marks && { level: marks.length, text: title } };
  });
}
