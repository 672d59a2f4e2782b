import { make } from "./dom.ts";

/**
 * The address of a code's page, seen from this page. The site has the page in /playground and a page for
 * each code; a clone has the page in docs/playground/dist and one page for all. Elsewhere there is none.
 */
function addressOf(code: string, path: string): string | undefined {
  if (path.includes("/playground/dist/")) return `../../errors.md#${code}`;
  if (/\/playground\/(?:index\.html)?$/.test(path))
    return `../errors/${code.replaceAll(".", "-")}.html`;
  return undefined;
}

/** The code of a finding, as a link to its page where there is one. */
export function codeLink(code: string): HTMLElement {
  const href = addressOf(code, location.pathname);
  const name = make("code", {}, code);
  // The page can be in a frame of the site.
  return href === undefined ? name : make("a", { href, target: "_top" }, name);
}
