/**
 * `npm run runtimes`: installs the runtimes of runtimes.json from the npm registry into
 * `node_modules/.cache/runtimes`, for test/packaging/runtimes.test.ts. They are large (about 100 MB
 * each), so the suite does not fetch them by itself.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(fileURLToPath(import.meta.url), "..");
const cache = join(here, "..", "node_modules", ".cache", "runtimes");

for (const { name, package: spec, folder, bin } of JSON.parse(
  readFileSync(join(here, "runtimes.json"), "utf8"),
)) {
  const home = join(cache, folder);
  if (existsSync(join(home, "node_modules", bin))) continue;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{"private":true}\n');
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", spec];
  const { status } = spawnSync("npm", args, { cwd: home, stdio: ["ignore", "ignore", "inherit"] });
  process.stdout.write(`${name}: ${status === 0 ? "installed" : "cannot be installed"}\n`);
  if (status !== 0) process.exitCode = 1;
}
