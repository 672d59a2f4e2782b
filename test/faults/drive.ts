import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isSamlCertError } from "../../src/core/errors.ts";
import {
  executeRotation,
  fileJournal,
  planRotation,
  type RotationJournal,
  type RotationPlan,
  type RotationResult,
  type RunOptions,
  resumeRotation,
  retireSuperseded,
} from "../../src/rotation/index.ts";
import { type Scenario, stranger } from "./scenarios.ts";
import type { World } from "./world.ts";

/** How often an operator starts it again before it counts as stuck. */
const ATTEMPTS = 12;

/** A rotation as its operator drives it: start, and start again until it is done. */
export interface Drive {
  readonly plan: RotationPlan;
  /** The first start; anything may go wrong in it. */
  first(): Promise<void>;
  /** Starts again until it is completed. */
  finish(): Promise<void>;
}

export interface DriveOptions {
  readonly folder: string;
  /** Wraps the journal of each start. */
  readonly journal?: (journal: RotationJournal) => RotationJournal;
  /** Takes the place of a start, such as another process. */
  readonly start?: (plan: RotationPlan, journalPath: string, confirmed: boolean) => Promise<void>;
  /** The start that `start` replaces: the first one, or the one after the overlap. */
  readonly phase?: "first" | "second";
}

export async function prepare(
  scenario: Scenario,
  world: World,
  { folder, journal = (same) => same, start, phase = "first" }: DriveOptions,
): Promise<Drive> {
  let number = 0;
  let plan = await makePlan(scenario, world, await listed(world));
  let finished: readonly number[] = [];
  let awaiting = false;
  const path = () => join(folder, `journal-${number}`);
  const options = (wrapped: RotationJournal): RunOptions => ({
    store: world.store,
    journal: wrapped,
    clock: () => new Date(world.now * 1000),
    rereadAfterMs: [0],
  });

  async function requireNothingLost(): Promise<void> {
    const now = await finishedSteps(path());
    const lost = finished.filter((step) => !now.includes(step));
    if (lost.length > 0) world.violations.push(`the journal lost step ${lost.join(", ")}`);
    finished = now;
  }

  async function startOver(): Promise<void> {
    number += 1;
    awaiting = false;
    finished = [];
    plan = await replan(scenario, world);
  }

  async function once(run: () => Promise<RotationResult>): Promise<boolean> {
    try {
      const result = await run();
      if (result.status === "waiting") world.now = result.until ?? world.now;
      awaiting = result.status === "awaiting_switch";
      if (result.status !== "completed") return false;
      if (isDone(scenario, world)) return true;
      // Another writer was quicker than the last request: the next look finds it.
      await startOver();
      return false;
    } catch (error) {
      if (!isSamlCertError(error)) world.violations.push(`foreign error: ${error}`);
      if (isSamlCertError(error, "guard.store_changed")) {
        await startOver();
      }
      return false;
    } finally {
      await requireNothingLost();
    }
  }

  return {
    plan,
    async first() {
      if (start && phase === "first") await start(plan, path(), false);
      else await once(() => executeRotation(plan, options(journal(fileJournal(path())))));
      if (start && phase === "second") await start(plan, path(), awaiting);
      await requireNothingLost();
    },
    async finish() {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const begun = finished.length > 0;
        const run = options(journal(fileJournal(path())));
        // Both ways to continue must work: to resume, and to execute the plan again.
        const resume = begun && attempt % 2 === 0;
        const start = () => (resume ? resumeRotation(run) : executeRotation(plan, run));
        if (await once(awaiting ? () => retireSuperseded(run) : start)) return;
      }
      world.violations.push("it did not come to its end");
    },
  };
}

export function isDone({ desired }: Scenario, world: World): boolean {
  const wanted = desired.map(({ subject }) => subject.text).sort();
  return world.subjects().join() === wanted.join();
}

/** The work of an operator after another writer: plan again, and remove what is in the way. */
async function replan(scenario: Scenario, world: World): Promise<RotationPlan> {
  const plan = await makePlan(scenario, world, await listed(world));
  if (!plan.refusals.some(({ code }) => code === "guard.provider_full")) return plan;
  const { pem } = await stranger();
  for (const { id, public_certificate } of world.fake.state.certificates.values()) {
    if (public_certificate === pem) world.fake.state.certificates.delete(id);
  }
  return await makePlan(scenario, world, await listed(world));
}

/** Planning has its own requests, which nobody disturbs. */
async function listed(world: World) {
  const { strike, refuseAt } = world;
  Object.assign(world, { strike: () => undefined, refuseAt: 0 });
  const stored = await world.observer.list();
  Object.assign(world, { strike, refuseAt });
  return stored;
}

async function makePlan(
  { desired, policy }: Scenario,
  { store, now }: World,
  stored: Awaited<ReturnType<World["store"]["list"]>>,
): Promise<RotationPlan> {
  return planRotation({ desired, stored, policy, target: store, now });
}

/** Read without the code under test. */
async function finishedSteps(path: string): Promise<readonly number[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line.includes('"type":"finished"'))
    .map((line) => (JSON.parse(line) as { step: number }).step);
}
