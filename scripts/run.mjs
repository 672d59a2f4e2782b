/**
 * `node scripts/run.mjs demo|test|fast|check`: the commands `npm run demo`, `npm test`,
 * `npm run test:fast` and `npm run check`. Each first installs missing dependencies, so that a fresh
 * clone needs one command. `check --no-suite` leaves out the tests.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { quickTests, testsOf } from "./graph.mjs";
import { ensureInstalled } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [task, ...rest] = process.argv.slice(2);

/** Runs a program of an installed package; ends this process with its exit code if it fails. */
function must(title, script, args, env = {}) {
  const status = node(title, script, args, env);
  if (status !== 0) process.exit(status);
}

function node(title, script, args, env = {}) {
  if (title !== "") process.stderr.write(`\n> ${title}\n`);
  const child = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return child.status ?? 1;
}

const program = {
  attw: "node_modules/@arethetypeswrong/cli/dist/index.js",
  biome: "node_modules/@biomejs/biome/bin/biome",
  knip: "node_modules/knip/bin/knip.js",
  publint: "node_modules/publint/src/cli.js",
  tsc: "node_modules/@typescript/native/bin/tsc",
  tsup: "node_modules/tsup/dist/cli-default.js",
  vitest: "node_modules/vitest/vitest.mjs",
};

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

/** The command line as JavaScript, kept until a source is newer. */
async function buildCommandLine() {
  const out = join(root, "node_modules", ".cache", "samlcert");
  const bin = join(out, "bin.mjs");
  if (existsSync(bin) && statSync(bin).mtimeMs > newest(join(root, "src"))) return bin;
  rmSync(out, { recursive: true, force: true });
  // Not at the top: before the installation it is not there.
  const { build } = await import("esbuild");
  await build({
    entryPoints: { bin: join(root, "src/cli/bin.ts") },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    outdir: out,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
  return bin;
}

function git(...args) {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.split("\n").filter((line) => line !== "") : [];
}

/** Files that differ from the commit at which this branch left main, committed or not. */
function changedFiles() {
  const [base] = [...git("merge-base", "HEAD", "main"), "HEAD"];
  return [
    ...git("diff", "--name-only", base),
    ...git("ls-files", "--others", "--exclude-standard"),
  ];
}

const tasks = {
  async demo() {
    const bin = await buildCommandLine();
    const child = spawnSync(process.execPath, [bin, "demo", ...rest], { stdio: "inherit" });
    process.exit(child.status ?? 130);
  },
  test() {
    process.exit(node("", program.vitest, ["run", ...rest]));
  },
  /** The quick tests that a change concerns: since the branch left main, or `--all`. */
  fast() {
    const all = rest.includes("--all");
    const tests = all ? quickTests(root) : testsOf(root, changedFiles());
    if (tests.length === 0) {
      process.stdout.write("No test depends on a changed file. `--all` runs every quick test.\n");
      return;
    }
    const args = rest.filter((arg) => arg !== "--all");
    const lane = ["run", "--pool=threads", "--no-isolate"];
    process.exit(node("", program.vitest, [...lane, ...tests, ...args]));
  },
  check() {
    must("biome: format, lint, layers", program.biome, ["check", "--error-on-warnings", "."]);
    must("tsc: types", program.tsc, ["--noEmit"]);
    must("knip: unused code", program.knip, []);
    must("tsup: build", program.tsup, ["--silent"]);
    must("publint: the package", program.publint, ["--strict"]);
    must("attw: the types of each entry", program.attw, ["--pack", ".", "--profile", "esm-only"]);
    must("docs: generated pages are up to date", "scripts/docs.mjs", ["--check"]);
    if (rest.includes("--no-suite")) return;
    must("vitest: the suite, with coverage", program.vitest, ["run", "--coverage"]);
  },
};

if (!Object.hasOwn(tasks, task)) {
  process.stderr.write(`Usage: node scripts/run.mjs ${Object.keys(tasks).join("|")}\n`);
  process.exit(2);
}
process.on("SIGINT", () => process.exit(130));
ensureInstalled(root);
await tasks[task]();
