import { isSamlCertError } from "../../core/errors.ts";
import { rotationError } from "../error.ts";
import type { RotationStep, WaitStep } from "../types.ts";
import { perform } from "./perform.ts";
import { type RotationResult, RotationStoppedError, report } from "./report.ts";
import { type Run, refused, requireNotCancelled, stopped } from "./run.ts";
import { settle } from "./settle.ts";
import { standing } from "./standing.ts";
import { requireUnchanged, stopForChange } from "./unchanged.ts";

/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 300;

/** Takes the remaining steps of a plan; with a new journal, it first finds out which those are. */
export async function drive(run: Run, fresh: boolean): Promise<RotationResult> {
  const start = run.progress();
  const { plan } = start;
  requireStore(run);
  requirePermitted(run);
  if (start.rollingBack) throw rotationError("rotation.rolled_back");
  requireClock(run);
  requireNotCancelled(run);
  const next = current(run);
  if (next?.kind === "wait" && isStillWaiting(run, next)) return waiting(run);
  if (fresh) await run.record({ type: "plan", at: run.now(), plan });
  if (plan.steps.length > 0 && !start.completed) {
    await guarded(run, next, () => settle(run, fresh));
  }

  for (let step = current(run); step; step = current(run)) {
    requireNotCancelled(run);
    if (await take(run, step)) return waiting(run);
  }
  await guarded(run, undefined, () => requireDone(run));
  if (!start.completed) {
    await run.record({ type: "completed", at: run.now() });
    run.emit({ type: "completed" });
  }
  return report(run.progress(), "completed", run.requests());
}

/** True if the last run waited at this step, and nothing can have changed since. */
function isStillWaiting(run: Run, { index, retire }: WaitStep): boolean {
  const { doubt, until, evidence } = run.progress();
  if (evidence.confirmedAt !== undefined || doubt?.step !== index) return false;
  return until === undefined ? retire === "confirmed" : run.now() < until;
}

/** Requires, by a last reading, that every certificate that the plan wants is stored. */
async function requireDone(run: Run): Promise<void> {
  await requireUnchanged(run);
  const { desired, skipped } = run.progress().plan;
  const stored = new Set(standing(run).map(({ sha256 }) => sha256));
  const left = new Set(skipped.map(({ sha256 }) => sha256));
  const missing = desired
    .filter(({ sha256 }) => !stored.has(sha256) && !left.has(sha256))
    .map((certificate) => ({ id: "", sha256: certificate.sha256, certificate }));
  // No override: the rotation would report a success that it has not had.
  if (missing.length > 0) throw stopForChange(run, { missing, unexpected: [], changed: [] });
}

/** Takes one step, with a record before and after. Returns true if the step must wait. */
async function take(run: Run, step: RotationStep): Promise<boolean> {
  const { plan, doubt, until, approval } = run.progress();
  const total = plan.steps.length;
  if (doubt?.step !== step.index) {
    await run.record({ type: "started", at: run.now(), step: step.index });
  }
  run.emit({ type: "step_started", step, total });
  const outcome = await guarded(run, step, () => perform(run, step));
  if (outcome.waiting) {
    const isNew =
      doubt?.step !== step.index ||
      until !== outcome.waiting.until ||
      approval !== outcome.waiting.approval;
    const record = {
      type: "waiting",
      at: run.now(),
      step: step.index,
      ...outcome.waiting,
    } as const;
    if (isNew) await run.record(record);
    return true;
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
  return false;
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

/** The end of a run that waits for time, for an approval, or for the identity provider to switch. */
export function waiting(run: Run): RotationResult {
  const { until, approval } = run.progress();
  if (approval) {
    run.emit({ type: "waiting", approval });
    return report(run.progress(), "awaiting_approval", run.requests());
  }
  run.emit(until === undefined ? { type: "waiting" } : { type: "waiting", until });
  const status = until === undefined ? "awaiting_switch" : "waiting";
  return report(run.progress(), status, run.requests());
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
