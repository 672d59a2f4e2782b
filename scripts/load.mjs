import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = join(fileURLToPath(import.meta.url), "..", "..");

/** Imports a TypeScript module of this repository, bundled with its imports of `src/`. */
export async function load(path) {
  // Below the root, so that packages resolve.
  const folder = mkdtempSync(join(root, "node_modules", ".samlcert-load-"));
  const outfile = join(folder, "module.mjs");
  try {
    await build({
      entryPoints: [join(root, path)],
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      outfile,
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
