import { isSamlCertError } from "../../core/errors.ts";
import { rotationError } from "../error.ts";
import type { RotationStep } from "../types.ts";
import { perform } from "./perform.ts";
import type { Progress } from "./replay.ts";
import { type RotationResult, RotationStoppedError, report } from "./report.ts";
import {
  openRun,
  type Run,
  type RunOptions,
  refused,
  requireNotCancelled,
  stopped,
} from "./run.ts";
import { settle } from "./settle.ts";

/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 300;

/** Takes the remaining steps of a plan; with a new journal, it first finds out which those are. */
export async function drive(
  options: RunOptions,
  start: Progress,
  fresh: boolean,
): Promise<RotationResult> {
  const run = openRun(options, start);
  const { plan } = start;
  requireStore(run);
  requirePermitted(run);
  if (start.rollingBack) throw rotationError("rotation.rolled_back");
  if (start.completed) return report(start, "completed", 0);
  requireClock(run);
  requireNotCancelled(run);
  const next = plan.steps[start.position];
  if (start.until !== undefined && next?.kind === "wait" && run.now() < start.until) {
    return waiting(run, start.until);
  }
  if (fresh) await run.record({ type: "plan", at: run.now(), plan });
  if (plan.steps.length > 0) await guarded(run, next, () => settle(run, fresh));

  for (let step = current(run); step; step = current(run)) {
    requireNotCancelled(run);
    const until = await take(run, step);
    if (until !== undefined) return waiting(run, until);
  }
  await run.record({ type: "completed", at: run.now() });
  run.emit({ type: "completed" });
  return report(run.progress(), "completed", run.requests());
}

/** Takes one step, with a record before and after. Returns the time to wait for, if there is one. */
async function take(run: Run, step: RotationStep): Promise<number | undefined> {
  const { plan, doubt, until } = run.progress();
  const total = plan.steps.length;
  if (doubt?.step !== step.index) {
    await run.record({ type: "started", at: run.now(), step: step.index });
  }
  run.emit({ type: "step_started", step, total });
  const outcome = await guarded(run, step, () => perform(run, step));
  if (outcome.until !== undefined) {
    const record = { type: "waiting", at: run.now(), step: step.index } as const;
    if (until !== outcome.until) await run.record({ ...record, until: outcome.until });
    return outcome.until;
  }
  const { id, adopted } = outcome;
  await run.record({
    type: "finished",
    at: run.now(),
    step: step.index,
    ...(id !== undefined && { id }),
    ...(adopted && { adopted }),
  });
  run.emit({ type: "step_finished", step, total, adopted: adopted ?? false });
  return undefined;
}

/** Turns any error into the end of the run, and records it if possible. */
export async function guarded<T>(
  run: Run,
  step: RotationStep | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const error = cause instanceof RotationStoppedError ? cause : stepFailed(run, step, cause);
    const { code, message } = error;
    if (step && code !== "rotation.journal_failed") {
      run.emit({
        type: "step_failed",
        step,
        total: run.progress().plan.steps.length,
        code,
        message,
      });
      const record = { type: "failed", at: run.now(), step: step.index, code, message } as const;
      // The first error matters more than a failing journal.
      await run.record(record).catch(() => undefined);
    }
    throw error;
  }
}

function stepFailed(
  run: Run,
  step: RotationStep | undefined,
  cause: unknown,
): RotationStoppedError {
  if (run.signal?.aborted === true) {
    return stopped(run, "rotation.cancelled");
  }
  const name = step ? `Step ${step.index + 1} (${step.kind})` : "The rotation";
  const reason = isSamlCertError(cause) ? cause.message : `The store threw ${nameOf(cause)}.`;
  return stopped(run, "rotation.step_failed", { step: name, reason }, { cause });
}

/** The message of a foreign error may contain a secret; its name and code do not. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "a non-Error value";
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? `${error.name} ${code.slice(0, 40)}` : error.name;
}

function current(run: Run): RotationStep | undefined {
  const { plan, position } = run.progress();
  return plan.steps[position];
}

function waiting(run: Run, until: number): RotationResult {
  run.emit({ type: "waiting", until });
  return report({ ...run.progress(), until }, "waiting", run.requests());
}

function requirePermitted(run: Run): void {
  const { refusals } = run.progress().plan;
  if (refusals.length > 0) throw refused(run, refusals);
}

/** Throws if the plan is for another connection. */
export function requireStore(run: Run): void {
  const { provider, integrationId } = run.progress().plan;
  const { store } = run;
  if (provider === undefined) return;
  if (provider === store.provider && integrationId === store.integrationId) return;
  throw rotationError("rotation.wrong_store", {
    planned: `${provider} ${integrationId}`,
    given: `${store.provider} ${store.integrationId}`,
  });
}

function requireClock(run: Run): void {
  const behind = run.progress().lastAt - run.now();
  if (behind <= CLOCK_TOLERANCE_SECONDS) return;
  throw stopped(run, "rotation.clock_went_back", { seconds: behind });
}
