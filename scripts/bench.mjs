/**
 * `npm run bench [NAME ...] [-- OPTION ...]`: builds the package, then runs the benchmarks of
 * `test/bench/` one after another, each with the options. Each measures its peers in the same run and
 * prints ratios.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./load.mjs";

const folder = join(root, "test", "bench");
const given = process.argv.slice(2);
const first = given.findIndex((word) => word.startsWith("--"));
const wanted = first < 0 ? given : given.slice(0, first);
const options = first < 0 ? [] : given.slice(first);
const names = readdirSync(folder).filter((name) => /\.bench\.m?[jt]s$/.test(name));
const chosen = names.filter(
  (name) => wanted.length === 0 || wanted.some((w) => name.startsWith(w)),
);
if (chosen.length === 0) {
  process.stderr.write(`There is no such benchmark. Known: ${names.join(", ")}\n`);
  process.exit(2);
}

function must(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}

must([join(root, "node_modules/tsup/dist/cli-default.js"), "--silent"]);
for (const name of chosen) {
  process.stdout.write(`\n## ${name.replace(/\.bench\..*$/, "")}\n\n`);
  must(["--expose-gc", join(folder, name), ...options]);
}
