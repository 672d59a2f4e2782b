/**
 * Writes the generated pages: `docs/errors.md` from the code tables, `docs/cli.md` and
 * `docs/samlcert.1` from the command table, `docs/api/` from the docstrings. With `--check` it writes
 * nothing and fails where a page is out of step.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { load, root } from "./load.mjs";

/** The root repeats two layers; each layer has its own page. */
const entries = Object.entries(
  JSON.parse(readFileSync(join(root, "scripts", "entries.json"), "utf8")),
)
  .filter(([name]) => name !== ".")
  .map(([, file]) => file);
const check = process.argv.includes("--check");

function writeApi(folder) {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/typedoc/bin/typedoc"),
      ...["--plugin", "typedoc-plugin-markdown", "--out", folder, "--readme", "none"],
      ...["--disableSources", "--hideGenerator", "--excludeInternal", "--excludePrivate"],
      ...["--logLevel", "Error", "--githubPages", "false", "--hidePageHeader", "--hideBreadcrumbs"],
      ...["--outputFileStrategy", "modules", "--tsconfig", join(root, "tsconfig.json")],
      ...entries.flatMap((entry) => ["--entryPoints", join(root, entry)]),
    ],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) process.exit(status ?? 1);
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
for (const [name, text] of Object.entries({
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
