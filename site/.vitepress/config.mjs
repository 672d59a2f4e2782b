import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { markdown, searchable } from "./markdown.mjs";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const { version, description } = JSON.parse(read("package.json"));
const menu = JSON.parse(read("site/pages/menu.json"));
const [icon] = /(?<=<link rel="icon" href=")[^"]+/.exec(read("docs/playground/index.html")) ?? [""];

export default defineConfig({
  srcDir: "pages",
  outDir: "dist",
  cacheDir: "node_modules/.cache/vitepress",
  base: process.env.SITE_BASE ?? "/",
  title: "samlcert",
  description,
  lang: "en",
  // A page of metadata once, instead of a copy in each of a thousand pages.
  metaChunk: true,
  head: [["link", { rel: "icon", href: icon }]],
  // Pages are complete without it; prefetching would load the site of a whole menu.
  router: { prefetchLinks: false },
  // The test follows each link of the built site, also to pages that are made from a template.
  ignoreDeadLinks: true,
  markdown,
  themeConfig: {
    siteTitle: "samlcert",
    nav: [
      { text: "Tasks", link: "/tasks", activeMatch: "^/(tasks|guides|recipes)" },
      { text: "API", link: "/api/", activeMatch: "^/api/" },
      { text: "Command line", link: "/cli/", activeMatch: "^/cli/" },
      { text: "Errors", link: "/errors/", activeMatch: "^/errors/" },
      { text: "Playground", link: "/playground" },
      { text: version, link: "/changelog" },
    ],
    sidebar: menu,
    outline: { level: [2, 3] },
    search: {
      provider: "local",
      options: {
        _render: searchable,
        miniSearch: {
          searchOptions: {
            boostDocument: (id) => (/\/(?:guides|getting-started|questions)/.test(id) ? 2 : 1),
          },
        },
      },
    },
  },
});
