/** The Markdown of the pages that lists and the start page are. */
import { posix } from "node:path";

/** The first sentence of a member or command, after its heading and its signature. */
export function summaryOf(text) {
  const paragraphs = text.replaceAll(/^```[\s\S]*?^```/gm, "").split(/\n{2,}/);
  const first = paragraphs.find((one) => one.trim() !== "" && !/^[#|<*]/.test(one.trim())) ?? "";
  const sentence = first.replaceAll("\n", " ").trim();
  return (/^.*?[.:](?= |$)/.exec(sentence)?.[0] ?? sentence)
    .replace(/:$/, ".")
    .replaceAll("|", "\\|");
}

/** The page of an import: its members by kind, each with its first sentence. */
export function apiList(front, parts) {
  const [heading = ""] = front.split("\n");
  const sections = [...new Set(parts.map(({ section }) => section))];
  const tables = sections.map((section) => {
    const rows = parts
      .filter((part) => part.section === section)
      .map(({ title, anchor, text }) => `| [${title}](#${anchor}) | ${summaryOf(text)} |`);
    return `## ${section}\n\n| name | purpose |\n|---|---|\n${rows.join("\n")}`;
  });
  const others = front.split("\n## Also here\n")[1];
  return [heading, ...tables, ...(others === undefined ? [] : [`## Also here\n${others}`])].join(
    "\n\n",
  );
}

const KINDS = {
  Functions: "Function",
  Variables: "Constant",
  Classes: "Class",
  Interfaces: "Interface",
  "Type Aliases": "Type",
};

/** The page of a function or type; it names the import. */
export function memberPage({ text, section }, path) {
  const name = posix.basename(path, ".md");
  const entry = name === "samlcert" ? name : `samlcert/${name}`;
  const from = `*${KINDS[section] ?? section} of [${entry}](${name}.md)*`;
  return text.replace(/\n|$/, `\n\n${from}\n`);
}

export function commandList(front, parts) {
  const rows = parts.map(
    ({ title, anchor, text }) => `| [${title}](#${anchor}) | ${summaryOf(text)} |`,
  );
  return `${front}\n\n## Commands\n\n| command | purpose |\n|---|---|\n${rows.join("\n")}\n`;
}

export function schemaList(names) {
  const rows = names.map((name) => {
    const [document, version] = name.split(".");
    return `| \`samlcert/${document}/${version}\` | [${name}](schemas/${name}) |`;
  });
  return [
    "# JSON Schemas",
    "Every command with `--json` prints one document. Its `format` names its version and its schema " +
      "(JSON Schema 2020-12). Within a version, fields are only added.",
    `| \`format\` | schema |\n|---|---|\n${rows.join("\n")}`,
  ].join("\n\n");
}

/** The browser page in a frame; the text about it follows. */
export function playgroundPage(text) {
  const frame =
    '<iframe class="playground" src="./playground/index.html" title="The samlcert playground"></iframe>';
  const alone = "[Open the page by itself](./playground/index.html){target=_self}";
  const about = text.replace(/^# /m, "## ");
  return `${frame}\n\n<div class="vp-doc playground-text">\n\n${alone}\n\n${about}\n\n</div>`;
}

/** The start page: the README up to the lists of files and commands for contributors. */
export function homePage(readme) {
  const [top, ...sections] = readme.split(/^(?=## )/m);
  const [, sentence = ""] = /^# .*\n+([\s\S]+?)\n\n/.exec(top) ?? [];
  const hero = {
    layout: "home",
    title: "samlcert: certificates, metadata and key rotation for SAML single sign-on",
    titleTemplate: false,
    hero: {
      name: "samlcert",
      tagline: sentence.replaceAll("\n", " ").replaceAll(/[*_]/g, ""),
      actions: [
        { theme: "brand", text: "Get started", link: "/getting-started" },
        { theme: "alt", text: "Find your task", link: "/tasks" },
        { theme: "alt", text: "Check a certificate now", link: "/playground" },
      ],
    },
  };
  const lines = Object.entries(hero).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const body = [top.slice(top.indexOf(sentence) + sentence.length), ...sections]
    .filter((section) => !/^## (?:More|Contribute)/.test(section))
    .join("");
  return { front: `---\n${lines.join("\n")}\n---\n\n`, body };
}
