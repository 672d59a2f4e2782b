/**
 * Writes the pages of the site into `site/pages`, which is not checked in: the documents of the
 * repository, with a page for each function, command and code, and with links between them.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { load, root } from "../load.mjs";
import { linkResolver, rewriteLinks } from "./links.mjs";
import { llmsTexts } from "./llms.mjs";
import {
  apiList,
  commandList,
  homePage,
  memberPage,
  playgroundPage,
  schemaList,
  summaryOf,
} from "./pages.mjs";
import { isApi, placeOf } from "./places.mjs";
import { sidebars } from "./sidebar.mjs";
import { splitPage } from "./split.mjs";
import { TEMPLATE } from "./template.mjs";

const staged = join(root, "site", "pages");
const read = (path) => readFileSync(join(root, path), "utf8");
const SCHEMAS = "docs/schemas";

/** The pages that the site shows in another form than the repository. */
const RESHAPED = new Set([
  "README.md",
  "docs/errors.md",
  "docs/cli.md",
  "docs/api/README.md",
  "docs/playground/README.md",
]);

function documents() {
  const below = readdirSync(join(root, "docs"), { recursive: true })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".md") && !path.includes("/dist/"));
  return ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ...below.sort()];
}

/** Splits the API by member and the commands by command. */
function splitLongPages() {
  const moved = new Map();
  const split = [];
  for (const path of documents()) {
    if (!isApi(path) && path !== "docs/cli.md") continue;
    const place = placeOf(path);
    const { front, parts, moved: anchors } = splitPage(read(path), isApi(path) ? 3 : 2);
    const pageOf = (anchor) =>
      anchor === "" ? place : `${dirname(place)}/${anchor.replace(/^samlcert-/, "")}.md`;
    split.push({
      path,
      place,
      front,
      parts: parts.map((part) => ({ ...part, page: pageOf(part.anchor) })),
    });
    moved.set(
      path,
      new Map([...anchors].map(([id, at]) => [id, { page: pageOf(at.part), anchor: at.anchor }])),
    );
  }
  return { split, moved };
}

/** Writes a text if it differs, so that the development server reloads only pages that changed. */
function put(path, text) {
  const file = join(staged, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Serves a file as it is, programs as text, and returns its place. */
function keep(file) {
  if (!existsSync(join(root, file)) || !statSync(join(root, file)).isFile()) {
    throw new Error(`The site has no page for ${file}.`);
  }
  const own = /^docs\/(?<place>(?:schemas|pictures)\/.+)$/.exec(file);
  const place = own?.groups.place ?? `files/${file}.txt`;
  const target = join(staged, "public", place);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, file), target);
  return place;
}

function putPage(path, text, data = {}) {
  const lines = Object.entries(data).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  put(path, `---\n${lines.join("")}---\n\n${text}\n`);
}

const asPage = ({ path, title, description, text }) => [path, text, { title, description }];

/** A page for each folder of the reference, whose texts are replaced in the built files. */
function templates(reference) {
  return [...new Set(reference.map(({ path }) => dirname(path)))].map((folder) => [
    `${folder}/template.md`,
    TEMPLATE.body,
    {
      title: TEMPLATE.title,
      description: TEMPLATE.description,
      prev: false,
      next: false,
      search: false,
    },
  ]);
}

/**
 * Writes the pages. Returns those of the reference (functions, types, commands, codes), which a build
 * makes from one template a folder; with `dev` they are written as pages of their own.
 */
export async function stage({ clean = true, dev = false } = {}) {
  if (clean) rmSync(staged, { recursive: true, force: true });
  const reference = [];
  const codes = await load("scripts/site/codes.ts");
  const codePages = codes.codePages();
  const { split, moved } = splitLongPages();
  moved.set(
    "docs/errors.md",
    new Map(
      codePages.map(({ code }) => [code, { page: `errors/${codes.codePage(code)}`, anchor: "" }]),
    ),
  );
  const places = new Map([
    ...documents().map((path) => [path, placeOf(path)]),
    [SCHEMAS, "schemas/index.md"],
    ["docs/playground", "playground.md"],
  ]);
  const resolve = linkResolver({ places, moved, keep });
  const page = (from, to, text, data) => putPage(to, rewriteLinks(text, resolve(from, to)), data);

  for (const path of documents()) {
    if (!RESHAPED.has(path) && !isApi(path)) page(path, placeOf(path), read(path));
  }
  for (const { path, place, front, parts } of split) {
    const list = isApi(path) ? apiList(front, parts) : commandList(front, parts);
    page(path, place, list);
    for (const part of parts) {
      const text = isApi(path) ? memberPage(part, path) : part.text;
      reference.push({
        path: part.page,
        title: part.title,
        description: summaryOf(part.text),
        text: rewriteLinks(text, resolve(path, part.page)),
      });
    }
  }
  putPage("errors/index.md", codes.codeList(codePages), { aside: false });
  for (const { code, text, message } of codePages) {
    reference.push({
      path: `errors/${codes.codePage(code)}`,
      title: code,
      description: message,
      text,
    });
  }
  page(
    "docs/api/README.md",
    "api/index.md",
    read("docs/api/README.md").replace(
      /^# .*\n+## .*$/m,
      "# API reference\n\nA page for each import, with a page for each of its functions and types.",
    ),
  );
  const about = "docs/playground/README.md";
  const text = rewriteLinks(read(about), resolve(about, "playground.md"));
  putPage("playground.md", playgroundPage(text), {
    layout: "page",
    title: "Playground",
    sidebar: false,
  });
  for (const [path, text, data] of dev ? reference.map(asPage) : templates(reference)) {
    putPage(path, text, data);
  }
  const schemas = readdirSync(join(root, SCHEMAS)).sort();
  for (const name of schemas) keep(`${SCHEMAS}/${name}`);
  page(SCHEMAS, "schemas/index.md", schemaList(schemas));

  const home = homePage(read("README.md"));
  put("index.md", home.front + rewriteLinks(home.body, resolve("README.md", "index.md")));

  const titleOf = (path) => /^# (.+)$/m.exec(read(path))?.[1] ?? path;
  const menu = sidebars({
    tasks: read("docs/README.md"),
    titleOf,
    placeOf,
    split,
    layers: [...new Set(codePages.map(({ layer }) => layer))],
  });
  put("menu.json", JSON.stringify(menu));
  for (const [name, text] of llmsTexts({ menu, read, documents: documents(), resolve })) {
    put(`public/${name}`, text);
  }
  return reference;
}
