/**
 * Installs the dependencies if `node_modules` is missing or differs from the lock file. Uses only Node,
 * because it runs before any package is installed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch {
    return undefined;
  }
}

/** npm records the installed packages in `node_modules/.package-lock.json`, in the lock file's format. */
function isInStep(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    // The lock file also lists optional packages of other platforms.
    if (installed[path] === undefined) return entry.optional === true;
    return installed[path].version === entry.version;
  });
}

export function ensureInstalled(root) {
  if (isInStep(root)) return;
  process.stderr.write("Installing the dependencies (npm ci) ...\n");
  const started = Date.now();
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, error } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.stderr.write(
      `npm ci failed${error ? ` (${error.message})` : ""}. Check the network, ` +
        "and run npm ci for details.\n",
    );
    process.exit(status ?? 1);
  }
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}
