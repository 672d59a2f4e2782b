/**
 * Writes the generated pages: `docs/errors.md` from the code tables, `docs/cli.md`,
 * `docs/samlcert.1` and `docs/schemas/` from the command table, `docs/api/` from the docstrings. With `--check` it writes
 * nothing and fails where a page is out of step.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { load, root } from "./load.mjs";

/** The root comes last: what a layer's own entry has stands on that page, and is only named here. */
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

function writeApi(folder) {
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
  if (status !== 0) process.exit(status ?? 1);
  nameByImport(folder);
}

/** Pages are named as the entries are imported, and not as the sources lie. */
function nameByImport(folder) {
  const names = new Map([["README.md", "README.md"]]);
  for (const [name, file] of entries) {
    const source = /^src\/(?:(.+)\/)?index\.ts$/.exec(file)?.[1] ?? "index";
    names.set(`${source}.md`, name === "." ? "samlcert.md" : `${name.slice(2)}.md`);
  }
  const texts = new Map(
    filesBelow(folder).map((path) => {
      const text = readFileSync(join(folder, path), "utf8");
      const pageOf = (target) => relative(folder, join(folder, dirname(path), target));
      return [names.get(path) ?? path, tidy(text, (target) => names.get(pageOf(target)) ?? target)];
    }),
  );
  rmSync(folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of texts) {
    const page = name.replace(/\.md$/, "");
    const title = page === "samlcert" ? "# samlcert" : `# samlcert/${page}`;
    const whole = name === "README.md" ? text : text.replace(/^# .*/, title);
    writeFileSync(join(folder, name), `${whole.trimEnd()}\n`);
  }
}

/** Links to the new names, one list instead of a heading for each re-export, no trailing spaces. */
function tidy(text, rename) {
  const [body, references] = text.split("\n## References\n");
  const links = references?.match(/(?<=^Re-exports )\[.*\)$/gm)?.join(", ");
  return (
    `${body}${links === undefined ? "" : `\n## Also here\n\n${links}\n`}`
      .replaceAll(/\]\(([^)#\s]+\.md)/g, (_, target) => `](${rename(target)}`)
      .replaceAll(/^- \[[^\]]+\]\((\S+)\.md\)$/gm, "- [samlcert/$1]($1.md)")
      .replace("[samlcert/samlcert]", "[samlcert]")
      // The compiler orders a union by what it met first, which changes with unrelated sources.
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

function differences(wanted, standing) {
  const names = new Set([...filesBelow(wanted), ...filesBelow(standing)]);
  return [...names].filter((name) => textOf(join(wanted, name)) !== textOf(join(standing, name)));
}

const pages = await load("scripts/pages.ts");
const stale = [];
const schemas = Object.entries(pages.schemaFiles()).map(([name, text]) => [
  `schemas/${name}`,
  text,
]);
mkdirSync(join(root, "docs", "schemas"), { recursive: true });
for (const name of readdirSync(join(root, "docs", "schemas"))) {
  if (schemas.some(([path]) => path === `schemas/${name}`)) continue;
  if (check) stale.push(`docs/schemas/${name}`);
  else rmSync(join(root, "docs", "schemas", name));
}
for (const [name, text] of Object.entries({
  ...Object.fromEntries(schemas),
  "errors.md": pages.errorsPage(),
  "cli.md": pages.cliPage(),
  "samlcert.1": pages.manSource(),
})) {
  const path = join(root, "docs", name);
  if (!check) writeFileSync(path, text);
  else if (textOf(path) !== text) stale.push(`docs/${name}`);
}

if (check) {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-api-"));
  try {
    writeApi(folder);
    const api = join(root, "docs", "api");
    stale.push(...differences(folder, api).map((name) => `docs/api/${name}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (stale.length > 0) {
    process.stderr.write(
      `Out of step with the sources; run npm run docs:\n  ${stale.join("\n  ")}\n`,
    );
    process.exit(1);
  }
  process.stdout.write("The generated pages are in step.\n");
} else {
  rmSync(join(root, "docs", "api"), { recursive: true, force: true });
  writeApi(join(root, "docs", "api"));
}
