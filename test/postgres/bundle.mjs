import { mkdtempSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");
const entries = ["rotation", "postgres", "trusted-keys", "testing"];

/** Bundles a program with the library as `samlcert`, near the packages that it imports. */
export async function bundle(program, plugins = []) {
  const folder = mkdtempSync(join(root, "node_modules/.postgres-test-"));
  const outfile = join(folder, basename(program).replace(/\.ts$/, ".mjs"));
  await build({
    entryPoints: [program],
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["pg-boss", "pg", "xml-crypto", "@peculiar/x509", "reflect-metadata"],
    alias: {
      samlcert: join(root, "src/index.ts"),
      "samlcert/sendgrid": join(root, "src/providers/sendgrid/index.ts"),
      ...Object.fromEntries(
        entries.map((name) => [`samlcert/${name}`, join(root, `src/${name}/index.ts`)]),
      ),
    },
    plugins,
    outfile,
    logLevel: "error",
  });
  return outfile;
}
