import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder } from "../support/cli.ts";

const root = join(import.meta.dirname, "..", "..");

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes?: readonly unknown[];
    readonly licenses?: readonly unknown[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** Every package that the runtime dependencies bring, read from the lock file by Node's own rules. */
function installed(): Set<string> {
  const lock = createRequire(import.meta.url)(join(root, "package-lock.json")) as {
    packages: Record<string, { version: string; dependencies?: Record<string, string> }>;
  };
  const found = new Map<string, string>();
  const visit = (place: string): void => {
    for (const name of Object.keys(lock.packages[place]?.dependencies ?? {})) {
      let from = place;
      while (from !== "" && lock.packages[`${from}/node_modules/${name}`] === undefined) {
        from = from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/")));
      }
      const path = from === "" ? `node_modules/${name}` : `${from}/node_modules/${name}`;
      if (found.has(path)) continue;
      found.set(path, `${name}@${lock.packages[path]?.version}`);
      visit(path);
    }
  };
  visit("");
  return new Set(found.values());
}

/** A repository with all that a release needs; what is built stands for itself. */
function repository(folder: string): (...args: readonly string[]) => string {
  for (const name of ["scripts", "package.json", "package-lock.json", "LICENSE", "SECURITY.md"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  cpSync(join(root, "src/core/homepage.ts"), join(folder, "src/core/homepage.ts"), {
    recursive: true,
  });
  writeFileSync(
    join(folder, "README.md"),
    "![Demo](docs/pictures/demo.svg) [Guide](docs/guides/watch-expiry.md#alerts) [CLI](docs/cli.md)\n" +
      "[Licence](LICENSE) [Top](#samlcert) [RFC](https://rfc.example/) `[code](docs/cli.md)`\n",
  );
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist", "index.js"), "export {};\n");
  writeFileSync(join(folder, "secret.pem"), "not to be packed\n");
  writeFileSync(join(folder, ".gitignore"), "node_modules\nrelease/\n");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const git = (...args: readonly string[]): void => {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: folder });
    expect(status, String(stderr)).toBe(0);
  };
  git("init", "--quiet");
  return (...changelog) => {
    writeFileSync(join(folder, "CHANGELOG.md"), changelog.join("\n"));
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "Release");
    return folder;
  };
}

test(
  "a release is refused until it can be made, then is a tarball and all that it brings",
  () =>
    inFolder(async (folder) => {
      const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        version: string;
      };
      const commit = repository(folder);
      const release = () =>
        spawnSync(process.execPath, ["scripts/release.mjs", "--no-build"], {
          cwd: folder,
          encoding: "utf8",
        });

      const changed = release();
      expect([changed.status, changed.stderr]).toEqual([
        1,
        expect.stringContaining("not committed"),
      ]);
      commit("# Changelog", "", "## Unreleased");
      const unnamed = release();
      expect([unnamed.status, unnamed.stderr]).toEqual([1, expect.stringContaining("no section")]);

      commit("# Changelog", "", `## ${version}`);
      const homeless = release();
      expect([homeless.status, homeless.stderr]).toEqual([
        1,
        expect.stringContaining("package.json has no repository, homepage, bugs"),
      ]);
      expect(homeless.stdout).not.toContain("npm publish");

      const manifest = join(folder, "package.json");
      const home = "https://code.example/samlcert";
      const addresses = { repository: home, homepage: home, bugs: `${home}/issues` };
      const named = { ...JSON.parse(readFileSync(manifest, "utf8")), ...addresses };
      writeFileSync(manifest, JSON.stringify(named));
      commit("# Changelog", "", `## ${version}`);
      const other = release();
      expect([other.status, other.stderr]).toEqual([1, expect.stringContaining("npm run docs")]);

      const source = join(folder, "src/core/homepage.ts");
      writeFileSync(source, readFileSync(source, "utf8").replace('""', JSON.stringify(home)));
      commit("# Changelog", "", `## ${version}`);
      const { status, stdout, stderr } = release();
      expect(status, stderr).toBe(0);
      const tarball = `samlcert-${version}.tgz`;
      const made = readdirSync(join(folder, "release")).sort();
      expect(made).toEqual([`samlcert-${version}.cdx.json`, tarball]);
      expect(stdout).toContain(`npm publish release/${tarball} --provenance --access public`);
      expect(stdout).toMatch(/SHA-256 [0-9a-f]{64}/);
      const unpack = ["-xzOf", join(folder, "release", tarball), "package/README.md"];
      const readme = spawnSync("tar", unpack, { encoding: "utf8" }).stdout;
      expect(readme).toBe(
        `![Demo](${home}/pictures/demo.svg) [Guide](${home}/guides/watch-expiry.html#alerts) ` +
          `[CLI](${home}/cli/index.html)\n[Licence](${home}/blob/HEAD/LICENSE) [Top](#samlcert) ` +
          "[RFC](https://rfc.example/) `[code](docs/cli.md)`\n",
      );
      expect(stdout).not.toContain("secret.pem");
      expect(stdout).not.toContain("scripts/");

      const text = readFileSync(join(folder, "release", `samlcert-${version}.cdx.json`), "utf8");
      const bill = JSON.parse(text) as Bill;
      expect([bill.bomFormat, bill.specVersion]).toEqual(["CycloneDX", "1.5"]);
      expect(bill.metadata.component).toMatchObject({ name: "samlcert", version });
      const listed = bill.components.map(({ name, version: one }) => `${name}@${one}`);
      expect(new Set(listed)).toEqual(installed());
      expect(listed).toEqual(
        expect.arrayContaining([expect.stringMatching(/^(?:zod|xml-crypto)@/)]),
      );
      for (const { purl, hashes, licenses, name } of bill.components) {
        expect(purl, name).toMatch(/^pkg:npm\//);
        expect([hashes?.length, licenses?.length], name).toEqual([1, 1]);
      }
      const references = new Set(bill.dependencies.map(({ ref }) => ref));
      const needed = bill.dependencies.flatMap(({ dependsOn }) => dependsOn);
      expect(needed.filter((ref) => !references.has(ref))).toEqual([]);
    }),
  60_000,
);
