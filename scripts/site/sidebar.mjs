/** The menus of the site, from the headings and links of `docs/README.md` and the split pages. */
import { posix } from "node:path";

const link = (place) => `/${place.replace(/(?:index)?\.md$/, "")}`;

/** The sections of `docs/README.md` below "A guide for each task", each with its links in order. */
function taskGroups(tasks, titleOf, placeOf) {
  const guides =
    tasks.split(/^## /m).find((section) => /^A guide for each task/.test(section)) ?? "";
  return guides
    .split(/^### /m)
    .slice(1)
    .map((section) => ({
      text: section.slice(0, section.indexOf("\n")),
      items: [...section.matchAll(/\]\(([^)#]+\.md)\)/g)].map(([, target]) => {
        const path = posix.join("docs", target);
        return { text: titleOf(path), link: link(placeOf(path)), path };
      }),
    }));
}

/** The part of the menu that every page has besides the members of its own import. */
const REFERENCE = [
  { text: "API", link: "/api/" },
  { text: "Command line", link: "/cli/" },
  { text: "Errors and findings", link: "/errors/" },
  { text: "JSON Schemas", link: "/schemas/" },
];

export function sidebars({ tasks, titleOf, placeOf, split, layers }) {
  const pageItem = (name) => {
    const path = `docs/${name}.md`;
    return { text: titleOf(path), link: link(placeOf(path)), path };
  };
  const main = [
    {
      text: "Start",
      items: [
        pageItem("getting-started"),
        { text: "All tasks", link: "/tasks" },
        pageItem("questions"),
      ],
    },
    ...taskGroups(tasks, titleOf, placeOf),
    { text: "Reference", items: REFERENCE },
    {
      text: "About",
      items: [
        ...["glossary", "stability", "comparison", "architecture"].map(pageItem),
        ...["performance", "reliability"].map(pageItem),
        { text: "Security", link: "/security" },
        { text: "Changelog", link: "/changelog" },
        { text: "Contributing", link: "/contributing" },
      ],
    },
  ];
  const entries = split.map(({ path, place }) => ({
    path,
    place,
    name: posix.basename(path, ".md"),
  }));
  const imports = entries
    .filter(({ path }) => path.startsWith("docs/api/"))
    .map(({ place, name }) => ({
      text: name === "samlcert" ? name : `samlcert/${name}`,
      link: link(place),
    }));
  const menu = { "/": main };
  for (const { path, place, parts } of split) {
    const isApi = path.startsWith("docs/api/");
    const shown = isApi ? parts.filter(({ section }) => section === "Functions") : parts;
    const own = shown.map(({ title, page }) => ({
      text: title.replace(/^samlcert /, ""),
      link: link(page),
    }));
    const current = { text: isApi ? "Functions" : "Commands", items: own };
    menu[link(place)] = isApi ? [current, { text: "Imports", items: imports }] : [current];
  }
  menu["/api/"] = [
    { text: "Imports", items: imports },
    { text: "Reference", items: REFERENCE },
  ];
  menu["/errors/"] = [
    {
      text: "Codes by layer",
      items: layers.map((layer) => ({
        text: layer,
        link: `/errors/#${layer.toLowerCase().replaceAll(" ", "-")}`,
      })),
    },
    { text: "Reference", items: REFERENCE },
  ];
  return menu;
}
