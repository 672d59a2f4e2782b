import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "..", "..", "..");

/**
 * Runs a TypeScript program in a process of its own, and returns its output.
 *
 * @param place the folder of the bundle; the default finds the installed packages
 */
export function runBundled(
  file: string,
  nodeArguments: readonly string[],
  programArguments: readonly string[],
  place: string = join(root, "node_modules"),
): string {
  const folder = mkdtempSync(join(place, ".samlcert-test-"));
  try {
    const outfile = join(folder, "program.mjs");
    buildSync({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      logLevel: "error",
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...nodeArguments, outfile, ...programArguments],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`The program ended with ${status}. ${stderr.slice(-2000)}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
