/**
 * Makes the pages of the reference from one built page a folder. VitePress needs minutes for a thousand
 * pages that differ only in their text; this takes seconds.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PLACEHOLDER } from "./relocate.mjs";

/** Words that occur nowhere else. */
export const TEMPLATE = {
  title: "samlcertPageTitle",
  description: "samlcertPageDescription",
  body: "samlcertPageBody",
};

const BODY = `<p>${TEMPLATE.body}</p>`;

function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The folder's template as VitePress built it: the page and its two scripts. */
function readTemplate(out, folder) {
  const flat = folder.replaceAll("/", "_");
  const assets = join(out, "assets");
  const names = readdirSync(assets).filter((name) => name.startsWith(`${flat}_template.md.`));
  const [, hash] = /\.md\.([\w-]+)\.js$/.exec(names.find((name) => !name.includes(".lean."))) ?? [];
  const page = join(out, folder, "template.html");
  const template = {
    flat,
    hash,
    html: readFileSync(page, "utf8"),
    scripts: names.map((name) => [name, readFileSync(join(assets, name), "utf8")]),
  };
  for (const name of names) rmSync(join(assets, name));
  rmSync(page);
  return template;
}

function withTitle(data, texts) {
  return { ...data, ...texts, frontmatter: { ...data.frontmatter, ...texts } };
}

function write(out, template, { path, title, description }, body) {
  const folder = dirname(path);
  const name = path.slice(folder.length + 1, -".md".length);
  const renamed = (text) =>
    text
      .replaceAll(`${template.flat}_template.md`, `${template.flat}_${name}.md`)
      .replaceAll(`${folder}/template.md`, path);
  const html = renamed(template.html)
    .replaceAll(TEMPLATE.title, () => escapeHtml(title))
    .replaceAll(TEMPLATE.description, () => escapeHtml(description))
    .replace(BODY, () => body);
  writeFileSync(join(out, folder, `${name}.html`), html);
  for (const [file, code] of template.scripts) {
    const script = renamed(code)
      .replace(/JSON\.parse\('(\{.*?\})'\)/, (_, data) =>
        JSON.stringify(withTitle(JSON.parse(data), { title, description })),
      )
      // The first page's own script runs over the HTML that is there.
      .replace(/(["'`])<p>samlcertPageBody<\/p>(?:\\n|\n)?\1/, () =>
        file.includes(".lean.") ? '""' : JSON.stringify(body),
      );
    if (script.includes(TEMPLATE.body)) throw new Error(`${file} has an unknown form.`);
    writeFileSync(join(out, "assets", renamed(file)), script);
  }
  return [`${template.flat}_${name}.md`, template.hash];
}

/** Makes the pages, lists them for the router, and adds them to the search. */
export async function fillTemplates({ out, reference, render, MiniSearch }) {
  const templates = new Map();
  const hashes = {};
  const found = [];
  for (const page of reference) {
    const folder = dirname(page.path);
    if (!templates.has(folder)) templates.set(folder, readTemplate(out, folder));
    const body = render(page.text, page.path);
    const [name, hash] = write(out, templates.get(folder), page, body);
    hashes[name] = hash;
    found.push({
      id: `${PLACEHOLDER}${page.path.replace(/\.md$/, ".html")}#${/<h1 id="([^"]*)"/.exec(body)?.[1] ?? ""}`,
      title: page.title,
      titles: [],
      text: page.description,
    });
  }
  const chunks = join(out, "assets", "chunks");
  const chunk = (start) =>
    join(
      chunks,
      readdirSync(chunks).find((name) => name.startsWith(start)),
    );
  const metadata = chunk("metadata.");
  const list = JSON.stringify(hashes);
  writeFileSync(
    metadata,
    `${readFileSync(metadata, "utf8")};Object.assign(window.__VP_HASH_MAP__,${list});`,
  );
  const map = join(out, "hashmap.json");
  writeFileSync(map, JSON.stringify({ ...JSON.parse(readFileSync(map, "utf8")), ...hashes }));

  const search = chunk("@localSearchIndexroot");
  const { default: built } = await import(pathToFileURL(search).href);
  const index = MiniSearch.loadJSON(built, {
    fields: ["title", "titles", "text"],
    storeFields: ["title", "titles"],
  });
  index.addAll(found);
  writeFileSync(search, `export default ${JSON.stringify(JSON.stringify(index))};\n`);
}
