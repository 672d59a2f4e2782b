/**
 * A process that runs test files against one mutant after another, told over IPC. It is a process of
 * its own so that a mutant that never ends can be killed with it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createVitest } from "vitest/node";
import { withMutant, withProbes } from "./mutate.mjs";

const root = join(import.meta.dirname, "..", "..");

/** The texts of the files in src, by path. */
const changed = new Map();
let wanted = [];
let outcome;

const changes = {
  name: "mutants",
  enforce: "pre",
  transform: (_code, id) => changed.get(id),
};

class InOrder {
  sort(specifications) {
    const place = ({ moduleId }) => wanted.indexOf(moduleId);
    return [...specifications].sort((a, b) => place(a) - place(b));
  }
  shard(specifications) {
    return specifications;
  }
}

const reporter = {
  onTestModuleEnd(module) {
    const failed = [...module.children.allTests("failed")][0];
    if (module.errors().length > 0)
      outcome.failed.push(`${module.relativeModuleId}: does not load`);
    else if (failed) outcome.failed.push(`${module.relativeModuleId} > ${failed.fullName}`);
    outcome.durations[module.relativeModuleId] = module.diagnostic().duration;
  },
  onTestRunEnd(_modules, errors) {
    for (const { message } of errors) outcome.failed.push(`outside of any test: ${message}`);
  },
};

const vitest = await createVitest(
  "test",
  {
    root,
    watch: false,
    pool: "threads",
    maxWorkers: 1,
    reporters: [reporter],
    coverage: { enabled: false },
    sequence: { sequencer: InOrder },
    bail: Number(process.env.SAMLCERT_BAIL),
    isolate: false,
    setupFiles: [join(import.meta.dirname, "reached.mjs")],
  },
  { plugins: [changes] },
);
await vitest.standalone();

function set(texts) {
  for (const path of changed.keys()) vitest.invalidateFile(path);
  changed.clear();
  for (const [path, text] of texts) {
    changed.set(path, text);
    vitest.invalidateFile(path);
  }
}

process.on("message", async ({ mutant, probes, tests }) => {
  outcome = { failed: [], durations: {} };
  const source = (file) => readFileSync(join(root, file), "utf8");
  const texts = mutant
    ? [[join(root, mutant.file), withMutant(source(mutant.file), mutant)]]
    : Object.entries(probes).map(([file, list]) => [
        join(root, file),
        withProbes(source(file), list),
      ]);
  set(texts);
  wanted = tests.map((file) => join(root, file));
  try {
    const project = vitest.getRootProject();
    await vitest.runTestSpecifications(wanted.map((file) => project.createSpecification(file)));
  } catch (error) {
    outcome.failed.push(`the run: ${error.message}`);
  }
  // A failed run is what is looked for; it does not fail this process.
  process.exitCode = 0;
  process.send(outcome);
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
