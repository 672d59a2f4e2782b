/**
 * `npm run suite:runtimes [-- NAME...]`: runs the tests of the library on each runtime that
 * `npm run runtimes` installed, two runtimes at a time. `npm test` alone runs the tests of the
 * repository and its tools, and those in which another program judges a text that is the same on
 * every runtime.
 *
 * runtimes.json lists the limits of a runtime, each with its reason: that test must fail there. A
 * limit that passes fails the run, so that no limit outlives its cause.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders of test/ that are about the repository, not about the library. */
const REPOSITORY = ["bench", "browser", "docs", "packaging", "support"];
/**
 * Shells, other readers, Node's own OpenSSL, the runners of edge platforms, and the programs that sign
 * people in judge these.
 */
const JUDGED_BY_OTHERS = [
  ...["cli/completion/**", "metadata/interop/**", "providers/openapi/**"],
  ...["certificates/parsers.test.ts", "runtimes/edge.test.ts"],
  ...["adapters/**", "signins/**", "signature/response/peers.test.ts"],
  ...["trusted-keys/shibboleth.test.ts", "keys/interop.test.ts", "keys/refreshers.test.ts"],
  ...["keys/rollover/proof.test.ts", "postgres/**"],
  "watch/promtool.test.ts",
];
/**
 * `npm test` has no second try; here the runtime is tested, not a busy machine. One process for all
 * files instead of one for each takes half the time.
 */
const VITEST = [
  ...["node_modules/vitest/vitest.mjs", "run"],
  ...["--retry=1", "--maxWorkers=1", "--no-isolate"],
];
/** Longer than any run; a runtime that hangs is a failure too. */
const TIMEOUT_MS = 20 * 60_000;
const LANES = Math.min(2, availableParallelism());

const root = join(fileURLToPath(import.meta.url), "..", "..");
const cache = join(root, "node_modules", ".cache", "runtimes");
const FOLDERS = readdirSync(join(root, "test"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !REPOSITORY.includes(entry.name))
  .map(({ name }) => name);
const scratch = mkdtempSync(join(tmpdir(), "samlcert-suite-"));

function vitest({ name, folder, bin, args }, tally) {
  const child = spawn(
    join(cache, folder, "node_modules", bin),
    [
      ...args,
      ...VITEST,
      ...FOLDERS.map((part) => `test/${part}/`),
      ...JUDGED_BY_OTHERS.map((part) => `--exclude=test/${part}`),
    ],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      timeout: TIMEOUT_MS,
      killSignal: "SIGKILL",
      // `npm test` runs the random cases and the faults in full.
      env: {
        SAMLCERT_EVERY: "10",
        SAMLCERT_MUTANTS: "100",
        ...process.env,
        SAMLCERT_RUNTIME: name,
        SAMLCERT_TALLY: tally,
      },
    },
  );
  return new Promise((resolve) => child.on("close", (code) => resolve(code)));
}

/** The outcome of one runtime: what failed without being a limit, and the line that says so. */
async function suite(runtime) {
  const started = Date.now();
  const tally = join(scratch, `${runtime.folder}.json`);
  const code = await vitest(runtime, tally);
  if (!existsSync(tally)) return { line: `no outcome (exit code ${code})`, problems: ["it ended"] };
  const { passed, failed, skipped } = JSON.parse(readFileSync(tally, "utf8"));
  const limits = new Set(runtime.limits.map(({ test }) => test));
  const unexpected = failed.filter(({ test }) => !limits.has(test));
  const fallen = new Set(failed.map(({ test }) => test));
  const problems = [
    ...(code !== 0 && failed.length === 0 ? [`it ended with exit code ${code}`] : []),
    ...unexpected.map(({ test, message }) => `${test}\n    ${message.split("\n")[0]}`),
    ...[...limits].filter((test) => !fallen.has(test)).map((test) => `no longer a limit: ${test}`),
    ...(process.env.SAMLCERT_REQUIRE_ALL === "1" ? skipped.map((test) => `skipped: ${test}`) : []),
  ];
  const counts = `${passed.length} passed, ${unexpected.length} failed, ${skipped.length} skipped`;
  const known = limits.size === 0 ? "" : `, ${limits.size} known limits`;
  const seconds = Math.round((Date.now() - started) / 1000);
  return { line: `${counts}${known} (${seconds} s)`, problems };
}

async function report(runtime) {
  const home = join(cache, runtime.folder, "node_modules");
  if (!existsSync(join(home, runtime.bin))) {
    process.stdout.write(`${runtime.name}: not installed; run npm run runtimes\n`);
    if (process.env.SAMLCERT_REQUIRE_ALL === "1") process.exitCode = 1;
    return;
  }
  const [, packageName] = /^(.*)@[^@]*$/.exec(runtime.package);
  const { version } = JSON.parse(readFileSync(join(home, packageName, "package.json"), "utf8"));
  const { line, problems } = await suite(runtime);
  process.stdout.write(`${runtime.name} (${version}): ${line}\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

const wanted = process.argv.slice(2);
const runtimes = JSON.parse(readFileSync(join(root, "scripts/runtimes.json"), "utf8"));
try {
  for (const name of wanted.filter((each) => !runtimes.some((known) => known.name === each))) {
    const names = runtimes.map((known) => known.name).join(", ");
    process.stderr.write(`There is no runtime ${name}; there are ${names}.\n`);
    process.exitCode = 2;
  }
  const queue = runtimes.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await report(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
