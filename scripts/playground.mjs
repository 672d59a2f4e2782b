/**
 * `npm run playground`: builds the browser page into `docs/playground/dist` (or the folder that is
 * given). It is three static files; any file server, or none, can serve them.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { root } from "./load.mjs";

const source = join(root, "docs", "playground");
const folder = resolve(process.argv[2] ?? join(source, "dist"));

mkdirSync(folder, { recursive: true });
for (const name of ["index.html", "style.css"]) {
  copyFileSync(join(source, name), join(folder, name));
}
// A classic script, for browsers load no module from file://.
await build({
  entryPoints: [join(source, "main.ts")],
  outfile: join(folder, "playground.js"),
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: ["chrome109", "firefox115", "safari16"],
  loader: { ".txt": "text", ".pem": "text" },
  legalComments: "none",
  logLevel: "error",
});
process.stdout.write(`${relative(process.cwd(), join(folder, "index.html"))}\n`);
