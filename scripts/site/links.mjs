import { posix } from "node:path";

const { basename, dirname, join, relative } = posix;
const FENCED = /(^ {0,3}```[\s\S]*?^ {0,3}```)/m;
const CODE_OR_LINK =
  /`[^`\n]+`|\]\((?<link>[^)\s]+)\)|\s(?<attribute>src|href|srcset)="(?<value>[^"]+)"/g;

/** Rewrites every link of a Markdown text outside code; `target` gets an address and returns the new one. */
export function rewriteLinks(text, target) {
  const inProse = (part) =>
    part.replaceAll(CODE_OR_LINK, (whole, ...rest) => {
      const { link, attribute, value } = rest.at(-1);
      if (link !== undefined) return `](${target(link)})`;
      return attribute === undefined ? whole : ` ${attribute}="${target(value)}"`;
    });
  // Odd parts are the code blocks.
  return text
    .split(FENCED)
    .map((part, index) => (index % 2 === 1 ? part : inProse(part)))
    .join("");
}

/**
 * Finds the address on the site of a link of the repository's page `from`, relative to the site's page
 * `to`. `places` maps files to pages of the site, `moved` the anchors of pages that were split. A file
 * without a page goes to `keep`, which returns its place.
 */
export function linkResolver({ places, moved, keep }) {
  return (from, to) => (link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return link;
    const [path, anchor] = link.split("#");
    const file = path === "" ? from : join(dirname(from), path).replace(/\/$/, "");
    const part = anchor === undefined ? undefined : moved.get(file)?.get(anchor);
    const place = part?.page ?? places.get(file) ?? keep(file);
    const rest = part === undefined ? anchor : part.anchor;
    const hash = rest ? `#${rest}` : "";
    if (place === to && hash !== "") return hash;
    const address = relative(dirname(to), place) || basename(place);
    return `${address.startsWith(".") ? "" : "./"}${address}${hash}`;
  };
}
