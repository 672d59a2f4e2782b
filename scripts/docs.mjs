/**
 * Writes the generated pages: `docs/errors.md` from the code tables, `docs/cli.md`,
 * `docs/samlcert.1` and `docs/schemas/` from the command table, `docs/api/` from the docstrings, and
 * `src/core/homepage.ts` from package.json.
 * With `--check` it writes nothing and fails if a page is outdated.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, relative } from "node:path";
import { homepageModule } from "./addresses.mjs";
import { load, root } from "./load.mjs";
import { anchorCounter, linesOf } from "./site/anchors.mjs";

/** The root comes last, because a name is documented on the page of its own entry. */
const entries = Object.entries(
  JSON.parse(readFileSync(join(root, "scripts", "entries.json"), "utf8")),
).reverse();
const check = process.argv.includes("--check");

/** Functions first, tables for what has fields, and signatures as code. */
const LAYOUT = [
  ...["Functions", "Variables", "Classes", "Interfaces", "Type Aliases", "*", "References"].flatMap(
    (group) => ["--groupOrder", group],
  ),
  ...["--parametersFormat", "table", "--interfacePropertiesFormat", "table"],
  ...["--typeAliasPropertiesFormat", "table", "--classPropertiesFormat", "table"],
  ...["--propertyMembersFormat", "table", "--typeDeclarationFormat", "table"],
  ...["--tableColumnSettings", '{"hideModifiers":true,"hideInherited":true,"hideSources":true}'],
  ...["--useCodeBlocks", "--hidePageHeader", "--hideBreadcrumbs"],
];

/** The pages of `docs/api/` by name; undefined if the sources do not compile. */
function apiPages() {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-api-"));
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/typedoc/bin/typedoc"),
        ...["--plugin", "typedoc-plugin-markdown", "--out", folder, "--readme", "none"],
        ...["--disableSources", "--hideGenerator", "--excludeInternal", "--excludeExternals"],
        ...["--logLevel", "Error", "--githubPages", "false", ...LAYOUT],
        ...["--outputFileStrategy", "modules", "--tsconfig", join(root, "tsconfig.json")],
        ...entries.flatMap(([, file]) => ["--entryPoints", join(root, file)]),
      ],
      { cwd: root, stdio: "inherit" },
    );
    return status === 0 ? withAnchors(namedByImport(folder)) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names each page like its import, not like its source file. */
function namedByImport(folder) {
  const names = new Map([["README.md", "README.md"]]);
  for (const [name, file] of entries) {
    const source = /^src\/(?:(.+)\/)?index\.ts$/.exec(file)?.[1] ?? "index";
    names.set(`${source}.md`, name === "." ? "samlcert.md" : `${name.slice(2)}.md`);
  }
  return filesBelow(folder).map((path) => {
    const pageOf = (target) => relative(folder, join(folder, dirname(path), target));
    const name = names.get(path) ?? path;
    const text = tidy(readFileSync(join(folder, path), "utf8"), (target) => {
      const page = names.get(pageOf(target));
      return page === undefined ? target : posix.relative(dirname(name), page);
    });
    const page = name.replace(/\.md$/, "");
    const title = page === "samlcert" ? "# samlcert" : `# samlcert/${page}`;
    const whole = name === "README.md" ? text : text.replace(/^# .*/, title);
    return [name, `${whole.trimEnd()}\n`];
  });
}

/** Typedoc numbers some anchors that its own headings do not have: `#fleetstatus-1` for `### FleetStatus`. */
function withAnchors(pages) {
  return pages.map(([name, text]) => {
    const anchorOf = anchorCounter();
    const anchors = new Set(
      linesOf(text).flatMap(({ heading }) => (heading ? [anchorOf(heading.text)] : [])),
    );
    return [
      name,
      text.replaceAll(/(?<=\]\(#)([^)\s]+)-\d+(?=\))/g, (numbered, base) =>
        anchors.has(numbered) || !anchors.has(base) ? numbered : base,
      ),
    ];
  });
}

/** Links to the new names, lists re-exports in one line, and removes trailing spaces. */
function tidy(text, rename) {
  const [body, references] = text.split("\n## References\n");
  const links = references?.match(/(?<=^Re-exports )\[.*\)$/gm)?.join(", ");
  return (
    `${body}${links === undefined ? "" : `\n## Also here\n\n${links}\n`}`
      .replaceAll(/\]\(([^)#\s]+\.md)/g, (_, target) => `](${rename(target)}`)
      .replaceAll(/^- \[[^\]]+\]\((\S+)\.md\)$/gm, "- [samlcert/$1]($1.md)")
      .replace("[samlcert/samlcert]", "[samlcert]")
      // The compiler orders a union by first use, which changes with unrelated sources.
      .replaceAll(/(`?)"[^"`|\n]*"\1(?:( \\?\| )\1"[^"`|\n]*"\1)+/g, (union, _, or) =>
        union.split(or).sort().join(or),
      )
      .replaceAll(/ +$/gm, "")
  );
}

function filesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch {
    return [];
  }
}

function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const below = (folder, files) => files.map(([name, text]) => [`${folder}/${name}`, text]);

// Writes only after all pages are complete.
const api = apiPages();
if (api === undefined) {
  process.stderr.write("docs/ is unchanged, because typedoc failed.\n");
  process.exit(1);
}
const pages = await load("scripts/pages.ts");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const wanted = new Map([
  ["../src/core/homepage.ts", homepageModule(manifest)],
  ["errors.md", pages.errorsPage()],
  ["cli.md", pages.cliPage()],
  ["samlcert.1", pages.manSource()],
  ...below("schemas", Object.entries(pages.schemaFiles())),
  ...below("api", api),
]);
const docs = join(root, "docs");
const standing = ["schemas", "api"].flatMap((folder) =>
  filesBelow(join(docs, folder)).map((name) => `${folder}/${name}`),
);
const stale = [...new Set([...wanted.keys(), ...standing])].filter(
  (name) => textOf(join(docs, name)) !== wanted.get(name),
);

if (!check) {
  for (const name of stale) {
    const path = join(docs, name);
    if (!wanted.has(name)) rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, wanted.get(name));
    }
  }
} else if (stale.length > 0) {
  const list = stale.map((name) => posix.join("docs", name)).join("\n  ");
  process.stderr.write(`Outdated; run npm run docs:\n  ${list}\n`);
  process.exit(1);
} else process.stdout.write("The generated pages are up to date.\n");
