/**
 * The addresses of the project: `repository`, `homepage` (the site that `npm run site` builds) and `bugs`. They
 * stand in package.json alone; everything that shows one takes it from there.
 */
import { posix } from "node:path";
import { rewriteLinks } from "./site/links.mjs";
import { placeOf } from "./site/places.mjs";

export const ADDRESSES = ["repository", "homepage", "bugs"];

const withSlash = (address) => address.replace(/\/*$/, "/");

/** `src/core/homepage.ts`, through which `SamlCertError.docs` knows the site. */
export function homepageModule({ homepage = "" }) {
  return `/** The address of the documentation site, or empty. \`npm run docs\` copies it from \`package.json\`. */
export const homepage: string = ${JSON.stringify(homepage)};
`;
}

/** The repository's page of a file, from npm's forms of \`repository\`. */
function fileInRepository({ repository }, path) {
  const url = typeof repository === "string" ? repository : repository.url;
  const page = url.replace(/^git\+/, "").replace(/\.git$/, "");
  return `${withSlash(page)}blob/HEAD/${path}`;
}

/** A README whose links work on npm's page, where no file of the repository is. */
export function absoluteReadme(text, manifest) {
  const site = withSlash(manifest.homepage);
  return rewriteLinks(text, (link) => {
    if (/^(?:[a-z][a-z0-9+.-]*:|#)/i.test(link)) return link;
    const [path, anchor] = link.split("#");
    const file = posix.normalize(path).replace(/\/$/, "");
    const hash = anchor === undefined ? "" : `#${anchor}`;
    if (file.startsWith("docs/pictures/")) return `${site}${file.slice("docs/".length)}`;
    if (!file.endsWith(".md")) return fileInRepository(manifest, file) + hash;
    return `${site}${placeOf(file).replace(/\.md$/, ".html")}${hash}`;
  });
}
