import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

function npm(args, cwd) {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} did not succeed:\n${stderr}`);
  return stdout;
}

/**
 * The CycloneDX bill of materials of what a user installs, with the versions of the lock file.
 *
 * `npm sbom --omit=dev` in the repository would leave out every package that a development
 * dependency needs as well (xml-crypto and zod among them) and name the package after its folder.
 * So the lock file is pruned in a folder of the right name first, without any network.
 */
export function billOfMaterials(root) {
  const parent = mkdtempSync(join(tmpdir(), "samlcert-sbom-"));
  try {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const { name, version, description, license, dependencies, engines } = manifest;
    const folder = join(parent, name);
    mkdirSync(folder);
    const shipped = { name, version, description, license, dependencies, engines };
    writeFileSync(join(folder, "package.json"), JSON.stringify(shipped));
    copyFileSync(join(root, "package-lock.json"), join(folder, "package-lock.json"));
    const quiet = ["--ignore-scripts", "--offline", "--no-audit", "--no-fund", "--loglevel=error"];
    npm(["install", "--package-lock-only", ...quiet], folder);
    return npm(["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"], folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
