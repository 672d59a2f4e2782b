/**
 * `npm run site`: builds the documentation site into `site/dist`, a folder that works below any path of any
 * file server. `npm run site -- --dev` serves it while the documents are edited. With a folder as
 * argument it builds into that folder.
 */
import { spawnSync } from "node:child_process";
import { rmSync, watch } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { root } from "./load.mjs";
import { PLACEHOLDER, relocate } from "./site/relocate.mjs";
import { stage } from "./site/stage.mjs";
import { fillTemplates } from "./site/template.mjs";

const site = join(root, "site");
const args = process.argv.slice(2);
const dev = args.includes("--dev");
const out = resolve(args.find((arg) => !arg.startsWith("-")) ?? join(site, "dist"));

/** The site's packages are those of `site/package.json`, so that the library's `npm ci` stays short. */
const imported = (path) => import(pathToFileURL(join(site, "node_modules", path)).href);

ensureInstalled(site);
const reference = await stage({ dev });
buildPlayground(join(site, "pages", "public", "playground"));
process.env.SITE_BASE = dev ? "/" : PLACEHOLDER;
const vitepress = await imported("vitepress/dist/node/index.js");
if (dev) await serve();
else await build();

async function build() {
  rmSync(out, { recursive: true, force: true });
  await vitepress.build(site, { outDir: out });
  const { default: MiniSearch } = await imported("minisearch/dist/es/index.js");
  const { parseAst } = await imported("rollup/dist/es/parseAst.js");
  await fillTemplates({ out, reference, render: await renderer(), MiniSearch });
  relocate(out, parseAst);
  process.stdout.write(`${relative(process.cwd(), join(out, "index.html"))}\n`);
}

/** Renders Markdown as the pages of VitePress do. */
async function renderer() {
  const { markdown } = await import(pathToFileURL(join(site, ".vitepress", "markdown.mjs")).href);
  const pages = join(site, "pages");
  const md = await vitepress.createMarkdownRenderer(pages, markdown, PLACEHOLDER);
  return (text, path) =>
    md.render(text, { path: join(pages, path), relativePath: path, cleanUrls: false, plain: true });
}

function buildPlayground(folder) {
  const script = join(root, "scripts", "playground.mjs");
  const { status } = spawnSync(process.execPath, [script, folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Stages the pages again after each change of a document. */
async function serve() {
  const server = await vitepress.createServer(site);
  await server.listen();
  server.printUrls();
  const again = () =>
    stage({ clean: false, dev }).catch((error) => process.stderr.write(`${error.message}\n`));
  let waiting;
  watch(join(root, "docs"), { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, 200);
  });
}
