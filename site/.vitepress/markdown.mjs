import { slug } from "../../scripts/site/anchors.mjs";

/**
 * Gives Vue the HTML of a page as one string. No page has components; compiling the templates takes
 * longer than all else. Braces and tags in a text need no escape, either.
 */
function asString(md) {
  const render = md.render.bind(md);
  md.render = (text, env = {}) => {
    const html = render(text, env);
    if (env.plain) return html;
    const quoted = JSON.stringify(html).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    return `<div v-html="${quoted}"></div>`;
  };
}

export const markdown = {
  anchor: { slugify: slug },
  theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  config: asString,
};

/** HTML for the search: without programs, which would find every page for every word. */
export function searchable(text, env, md) {
  env.plain = true;
  const html = md.render(text.replaceAll(/^ {0,3}```[\s\S]*?^ {0,3}```/gm, ""), env);
  return env.frontmatter?.search === false ? "" : html;
}
