/**
 * `npm run mutants [-- --sample N] [--seed N] [--files GLOB]... [--tests GLOB]... [--list]`:
 * changes one place of a source file after another and runs the tests that reach it. A mutant that no test notices is a
 * missing test, or equivalent: then scripts/mutants/list.json names it, with the reason. Fails below
 * 90 % and for an entry of the list that no longer fits.
 */
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { filesBelow, innerTests, quickTests, reachableFrom } from "./graph.mjs";
import list from "./mutants/list.json" with { type: "json" };
import { mutantsOf, sampleOf } from "./mutants/mutate.mjs";

const REQUIRED = 0.9;
/** Several times what the slowest of the heavy test files takes. */
const HEAVY_BUDGET_MS = 5 * 60_000;
const root = join(import.meta.dirname, "..");

const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    files: { type: "string", multiple: true },
    tests: { type: "string", multiple: true, default: ["test/**"] },
    list: { type: "boolean" },
  },
});

function matcher(globs) {
  const patterns = globs.map((glob) =>
    glob
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*\/?|\*/g, (star) => (star === "*" ? "[^/]*" : ".*")),
  );
  return new RegExp(`^(?:${patterns.join("|")})$`);
}

const inScope = matcher(values.files ?? list.files);
const left = matcher(list.without);
const mayRun = matcher(values.tests);
const sources = filesBelow(root, "src", ".ts").filter(
  (file) => inScope.test(file) && !left.test(file),
);
const all = sources.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), "utf8")));

/** Identified by its file and text, so that it is found after lines have moved. */
const keyOf = ({ file, text, from, to }) => JSON.stringify([file, text, from, to]);
const equivalent = new Map(list.equivalent.map((entry) => [keyOf(entry), entry]));
const present = new Set(all.map(keyOf));
const stale = list.equivalent.filter(
  (entry) => inScope.test(entry.file) && !present.has(keyOf(entry)),
);
const sample = sampleOf(
  all.filter((mutant) => !equivalent.has(keyOf(mutant))),
  Number(values.sample),
  Number(values.seed),
).map((mutant, id) => ({ ...mutant, id }));

const shown = ({ file, line, from, to }) => {
  const short = (text) =>
    (text.length > 60 ? `${text.slice(0, 57)}...` : text).replace(/\s+/g, " ");
  return `${file}:${line}  ${short(from)}  ->  ${short(to)}`;
};

/** A process that runs tests; asking it for one more run starts it again if it was killed. */
function lane(bail, env = {}) {
  let child;
  let ready;
  const start = () => {
    child = fork(join(root, "scripts/mutants/lane.mjs"), {
      env: {
        ...process.env,
        ...env,
        SAMLCERT_BAIL: String(bail),
        NODE_NO_WARNINGS: "1",
        SAMLCERT_MUTANTS: "100",
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    ready = new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", (code) => reject(new Error(`A lane ended with ${code}.`)));
    });
  };
  return {
    async run(message, timeoutMs = 2 ** 31 - 1) {
      if (child === undefined) start();
      await ready;
      const { promise, resolve } = deferred();
      const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
      child.once("message", resolve);
      child.once("exit", () => resolve({ failed: ["it does not end"], durations: {} }));
      child.send(message);
      const outcome = await promise;
      clearTimeout(timer);
      child.removeAllListeners();
      if (child.killed || child.exitCode !== null) child = undefined;
      return outcome;
    },
    close: () => child?.disconnect(),
  };
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function inLanes(lanes, items, work) {
  const queue = [...items];
  await Promise.all(
    lanes.map(async (each) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift())
        await work(each, item);
    }),
  );
}

const graph = new Map();
const importsOf = (test) => reachableFrom(root, test, graph);

const scratch = mkdtempSync(join(tmpdir(), "samlcert-mutants-"));
const started = Date.now();
const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
const LANES = availableParallelism();

/** Which tests reach which mutants, and how long each test file takes, from one run without mutants. */
async function reaches() {
  const files = new Set(sample.map(({ file }) => file));
  const tests = quickTests(root).filter(
    (test) =>
      mayRun.test(test) &&
      !test.startsWith("test/docs/") &&
      [...importsOf(test)].some((file) => files.has(file)),
  );
  process.stdout.write(`${sample.length} mutants of ${all.length}, ${tests.length} test files\n`);
  const probes = Object.fromEntries(
    [...files].map((file) => [file, sample.filter((mutant) => mutant.file === file)]),
  );
  const path = join(scratch, "reached");
  const lanes = Array.from({ length: LANES }, () => lane(0, { SAMLCERT_REACHED: path }));
  const durations = {};
  const red = new Set();
  const chunks = tests.reduce((made, test, index) => {
    made[index % (LANES * 4)] = [...(made[index % (LANES * 4)] ?? []), test];
    return made;
  }, []);
  await inLanes(lanes, chunks, async (each, chunk) => {
    const outcome = await each.run({ probes, tests: chunk });
    Object.assign(durations, outcome.durations);
    for (const failed of outcome.failed) {
      process.stdout.write(`red without a mutant, left out: ${failed}\n`);
      red.add(failed.split(/[ :]/)[0]);
    }
  });
  for (const each of lanes) each.close();
  const reaching = sample.map(() => []);
  for (const line of readFileSync(path, "utf8").trim().split("\n")) {
    const { testPath, reached, onLoad } = JSON.parse(line);
    const test = relative(root, testPath);
    for (const id of reached) reaching[id].push(test);
    // A module is loaded once for all test files of a lane: each that imports it depends on it.
    for (const id of onLoad) {
      const { file } = sample[id];
      reaching[id].push(...tests.filter((each) => importsOf(each).has(file)));
    }
  }
  for (const list of reaching) list.splice(0, Infinity, ...list.filter((test) => !red.has(test)));
  process.stdout.write(
    `reached by tests: ${reaching.filter((t) => t.length > 0).length} (${seconds()})\n`,
  );
  return { reaching, durations };
}

/** Nearest tests first (of the same layer), then the quickest. */
function inOrder(file, tests, durations) {
  const layer = file.split("/")[1];
  const far = (test) => (test.split("/")[1] === layer ? 0 : 1);
  return [...new Set(tests)].sort(
    (a, b) => far(a) - far(b) || (durations[a] ?? 0) - (durations[b] ?? 0),
  );
}

const heavyTests = innerTests(root).filter((test) => !quickTests(root).includes(test));
/** Heavy tests are not run in advance: one that fails must pass without the mutant. */
const isGreen = new Map();

async function heavyFailure(lane, mutant) {
  for (const test of heavyTests.filter(
    (each) => mayRun.test(each) && importsOf(each).has(mutant.file),
  )) {
    const { failed } = await lane.run({ mutant, tests: [test] }, HEAVY_BUDGET_MS);
    if (failed.length === 0) continue;
    if (!isGreen.has(test)) {
      const without = await lane.run({ probes: {}, tests: [test] }, HEAVY_BUDGET_MS);
      isGreen.set(test, without.failed.length === 0);
    }
    if (isGreen.get(test)) return failed[0];
  }
  return undefined;
}

async function main() {
  for (const { file, from, to } of stale)
    process.stdout.write(`list.json names what is no longer there: ${file}  ${from}  ->  ${to}\n`);
  if (values.list) {
    for (const mutant of sample) process.stdout.write(`${shown(mutant)}\n`);
    return;
  }
  const { reaching, durations } = await reaches();
  const quickBudget = (tests) =>
    20_000 + 5 * tests.reduce((sum, test) => sum + (durations[test] ?? 0), 0);
  const survivors = [];
  const lanes = Array.from({ length: LANES }, () => lane(1));
  await inLanes(lanes, sample, async (each, mutant) => {
    const tests = inOrder(mutant.file, reaching[mutant.id], durations);
    const failed =
      (tests.length > 0 && (await each.run({ mutant, tests }, quickBudget(tests))).failed[0]) ||
      (await heavyFailure(each, mutant));
    if (!failed) survivors.push(mutant);
    process.stdout.write(
      `${failed ? "killed  " : "SURVIVED"}  ${shown(mutant)}  [${failed || `${tests.length} quick test files`}]\n`,
    );
  });
  for (const each of lanes) each.close();
  const killed = sample.length - survivors.length;
  const share = sample.length === 0 ? 1 : killed / sample.length;
  process.stdout.write(`\n${killed} of ${sample.length} killed, ${(share * 100).toFixed(1)} %; `);
  process.stdout.write(`${equivalent.size} named as equivalent (${seconds()})\n`);
  for (const mutant of survivors.sort((a, b) => a.id - b.id)) {
    const { file, text, from, to } = mutant;
    process.stdout.write(`${shown(mutant)}\n    ${JSON.stringify({ file, text, from, to })}\n`);
  }
  if (share < REQUIRED || stale.length > 0) process.exitCode = 1;
}

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
