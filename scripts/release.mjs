/**
 * `npm run release`: creates `release/` with the tarball and its SBOM, lists its contents, and prints
 * the command that publishes it. It never publishes by itself. With `--no-build` it packs what stands
 * in `dist/`.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDRESSES, absoluteReadme, homepageModule } from "./addresses.mjs";
import { root } from "./load.mjs";
import { billOfMaterials } from "./sbom.mjs";

function output(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return stdout;
  process.stderr.write(`${command} ${args.join(" ")} did not succeed:\n${stderr}`);
  process.exit(1);
}

/** Packs once more from the unpacked tarball, so that the work tree keeps its relative links. */
function packWithLinks() {
  const unpacked = join(folder, "package");
  output("tar", ["-xzf", join(folder, pack().filename), "-C", folder]);
  const readme = join(unpacked, "README.md");
  writeFileSync(readme, absoluteReadme(readFileSync(readme, "utf8"), manifest));
  const again = pack("--ignore-scripts", unpacked);
  rmSync(unpacked, { recursive: true });
  return again;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { version } = manifest;
const missing = ADDRESSES.filter((name) => manifest[name] === undefined);
const changed = output("git", ["status", "--porcelain"]);
if (changed !== "") {
  process.stderr.write(`There are changes that are not committed:\n${changed}`);
  process.exit(1);
}
if (!readFileSync(join(root, "CHANGELOG.md"), "utf8").includes(`## ${version}`)) {
  process.stderr.write(`CHANGELOG.md has no section for ${version}.\n`);
  process.exit(1);
}

if (readFileSync(join(root, "src/core/homepage.ts"), "utf8") !== homepageModule(manifest)) {
  process.stderr.write("package.json has another homepage than the errors. Run npm run docs.\n");
  process.exit(1);
}

const folder = join(root, "release");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
if (!process.argv.includes("--no-build")) {
  output(process.execPath, [join(root, "node_modules/tsup/dist/cli-default.js"), "--silent"]);
}
const pack = (...args) =>
  JSON.parse(output("npm", ["pack", "--json", "--pack-destination", folder, ...args]))[0];
const packed = missing.length > 0 ? pack() : packWithLinks();
writeFileSync(join(folder, `samlcert-${version}.cdx.json`), billOfMaterials(root));

const digest = createHash("sha256")
  .update(readFileSync(join(folder, packed.filename)))
  .digest("hex");
process.stdout.write(
  `${packed.files.map(({ path }) => `  ${path}`).join("\n")}\n\n` +
    `${packed.filename}: ${packed.files.length} files, ${Math.ceil(packed.size / 1024)} KiB\n` +
    `SHA-256 ${digest}\n\n`,
);
if (missing.length > 0) {
  process.stderr.write(
    `It must not be published yet: package.json has no ${missing.join(", ")}. ` +
      "Without them, the links of the package's page lead nowhere.\n",
  );
  process.exit(1);
}
process.stdout.write(
  `Publish it with provenance, from the release workflow:\n` +
    `  npm publish release/${packed.filename} --provenance --access public\n`,
);
