import { homepage } from "./homepage.ts";

/**
 * The page that explains a code: a page of the site below `site`, or the place in the package's documents
 * where the site has no address.
 */
export function docsOf(code: string, site: string = homepage): string {
  if (site === "") return `docs/errors.md#${code}`;
  return `${site.replace(/\/+$/, "")}/errors/${code.replaceAll(".", "-")}.html`;
}
