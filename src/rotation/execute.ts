import { isSamlCertError, RotationError } from "../core/errors.ts";
import type { RotationJournal } from "./journal/types.ts";
import { perform } from "./perform.ts";
import { begin, type Progress, replay, requireIntact } from "./replay.ts";
import { type RotationResult, RotationStoppedError, report } from "./report.ts";
import { openRun, RESUME, type Run, type RunOptions, requireNotCancelled, stopped } from "./run.ts";
import { settle } from "./settle.ts";
import type { RotationPlan, RotationStep } from "./types.ts";
import { undo } from "./undo.ts";

/** Clocks of two machines may differ by this much without anybody being alarmed. */
const CLOCK_TOLERANCE_SECONDS = 300;

/**
 * Executes a plan: every step is written to the journal before and after it is done.
 *
 * Gives `completed`, or `waiting` when the overlap has begun: then `resumeRotation` goes on later,
 * in this process or another. With a journal that already holds this plan it resumes.
 *
 * Throws a `RotationStoppedError` when it stops early; its `report` says what stands and what to do
 * next. Codes: every `guard.*`, `rotation.step_failed`, `rotation.cancelled`,
 * `rotation.echo_mismatch`, `rotation.journal_failed`, `rotation.clock_went_back`. Throws a
 * `RotationError` with `rotation.wrong_store`, `rotation.plan_altered` or `journal.*` before
 * anything is done.
 *
 * @example
 * ```ts
 * import { executeRotation, fileJournal, type RotationPlan } from "samlcert/rotation";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export async function rotate(plan: RotationPlan, apiKey: string, integrationId: string) {
 *   const store = sendGridCertificateStore(createSendGridClient({ apiKey }), integrationId);
 *   const result = await executeRotation(plan, {
 *     store,
 *     journal: fileJournal("rotation.journal"),
 *     onEvent: (event) => console.log(event.type),
 *   });
 *   return result.status; // "completed", or "waiting" until result.until
 * }
 * ```
 */
export async function executeRotation(
  plan: RotationPlan,
  options: RunOptions,
): Promise<RotationResult> {
  requireIntact(plan);
  return await withJournal(options.journal, async (earlier) => {
    if (earlier && earlier.plan.id !== plan.id) throw anotherPlan();
    return await drive(options, earlier ?? begin(plan, plan.createdAt), earlier === undefined);
  });
}

/**
 * Goes on with the plan in a journal, from where the last run ended, however it ended.
 *
 * A step that was under way is looked up at the provider: it is not done twice. Throws as
 * `executeRotation` does, and a `RotationError` with code `journal.empty` where there is no plan.
 *
 * @example
 * ```ts
 * import { fileJournal, resumeRotation } from "samlcert/rotation";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export async function resume(apiKey: string, integrationId: string) {
 *   const store = sendGridCertificateStore(createSendGridClient({ apiKey }), integrationId);
 *   return await resumeRotation({ store, journal: fileJournal("rotation.journal") });
 * }
 * ```
 */
export async function resumeRotation(options: RunOptions): Promise<RotationResult> {
  return await withJournal(options.journal, async (earlier) => {
    if (!earlier) throw emptyJournal();
    return await drive(options, earlier, false);
  });
}

/**
 * Takes a rotation back, finished or not: what it retired is added again, what it added is removed,
 * in that order. What cannot be taken back is in `notRolledBack`, and then the status is `stopped`.
 *
 * Throws as `resumeRotation` does.
 *
 * @example
 * ```ts
 * import { fileJournal, rollbackRotation } from "samlcert/rotation";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export async function back(apiKey: string, integrationId: string) {
 *   const store = sendGridCertificateStore(createSendGridClient({ apiKey }), integrationId);
 *   const result = await rollbackRotation({ store, journal: fileJournal("rotation.journal") });
 *   return result.rolledBack;
 * }
 * ```
 */
export async function rollbackRotation(options: RunOptions): Promise<RotationResult> {
  return await withJournal(options.journal, async (earlier) => {
    if (!earlier) throw emptyJournal();
    const run = openRun(options, earlier);
    requireStore(run);
    requireNotCancelled(run);
    const { plan } = earlier;
    await run.record({ type: "rolling_back", at: run.clock() });
    await guarded(run, undefined, () => settle(run, false));
    const done = plan.steps
      .slice(0, run.progress().position)
      .filter(({ kind }) => kind === "add" || kind === "replace" || kind === "retire");
    const undone = await undo(run, done, { keepUsable: true });
    const status = undone.notRolledBack.length === 0 ? "rolled_back" : "stopped";
    return report(run.progress(), status, run.requests(), undone);
  });
}

async function withJournal(
  journal: RotationJournal,
  use: (earlier: Progress | undefined) => Promise<RotationResult>,
): Promise<RotationResult> {
  const records = await journal.open();
  try {
    return await use(replay(records));
  } finally {
    await journal.close();
  }
}

async function drive(
  options: RunOptions,
  start: Progress,
  fresh: boolean,
): Promise<RotationResult> {
  const run = openRun(options, start);
  const { plan } = start;
  requireStore(run);
  requirePermitted(run);
  if (start.rollingBack) throw rolledBack();
  if (start.completed) return report(start, "completed", 0);
  requireClock(run);
  requireNotCancelled(run);
  const next = plan.steps[start.position];
  if (start.until !== undefined && next?.kind === "wait" && run.clock() < start.until) {
    return waiting(run, start.until);
  }
  if (fresh) await run.record({ type: "plan", at: run.clock(), plan });
  if (plan.steps.length > 0) await guarded(run, next, () => settle(run, fresh));

  for (let step = current(run); step; step = current(run)) {
    requireNotCancelled(run);
    const until = await take(run, step);
    if (until !== undefined) return waiting(run, until);
  }
  await run.record({ type: "completed", at: run.clock() });
  run.emit({ type: "completed" });
  return report(run.progress(), "completed", run.requests());
}

/** Takes one step, with a record before and after. Gives the time to wait for, if there is one. */
async function take(run: Run, step: RotationStep): Promise<number | undefined> {
  const { plan, doubt, until } = run.progress();
  const total = plan.steps.length;
  if (doubt?.step !== step.index) {
    await run.record({ type: "started", at: run.clock(), step: step.index });
  }
  run.emit({ type: "step_started", step, total });
  const outcome = await guarded(run, step, () => perform(run, step));
  if (outcome.until !== undefined) {
    const record = { type: "waiting", at: run.clock(), step: step.index } as const;
    if (until !== outcome.until) await run.record({ ...record, until: outcome.until });
    return outcome.until;
  }
  const { id, adopted } = outcome;
  await run.record({
    type: "finished",
    at: run.clock(),
    step: step.index,
    ...(id !== undefined && { id }),
    ...(adopted && { adopted }),
  });
  run.emit({ type: "step_finished", step, total, adopted: adopted ?? false });
  return undefined;
}

/** Turns whatever goes wrong into the end of the run, and writes it down if that is possible. */
async function guarded<T>(
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
      const record = { type: "failed", at: run.clock(), step: step.index, code, message } as const;
      // The error that led here matters more than that it could not be written down.
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
    return stopped(run, "rotation.cancelled", "The rotation was cancelled.", RESUME);
  }
  const where = step ? `Step ${step.index + 1} (${step.kind}) failed` : "The rotation failed";
  const why = isSamlCertError(cause) ? cause.message : `The store threw ${nameOf(cause)}.`;
  return stopped(run, "rotation.step_failed", `${where}. ${why}`, RESUME, { cause });
}

/** The message of a foreign error may hold a secret; its name and code do not. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "what is not an error";
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
  const [first] = refusals;
  if (first) throw stopped(run, first.code, first.message, first.hint, { refusals });
}

function requireStore(run: Run): void {
  const { provider, integrationId } = run.progress().plan;
  const { store } = run;
  if (provider === undefined) return;
  if (provider === store.provider && integrationId === store.integrationId) return;
  throw new RotationError(
    "rotation.wrong_store",
    `The plan is for ${provider} ${integrationId}, the store is ${store.provider} ${store.integrationId}.`,
    { hint: "Give the store that the plan was made for." },
  );
}

function requireClock(run: Run): void {
  const behind = run.progress().lastAt - run.clock();
  if (behind <= CLOCK_TOLERANCE_SECONDS) return;
  const message = `The clock is ${behind} seconds behind the last record.`;
  throw stopped(run, "rotation.clock_went_back", message, "Set the clock right, then resume.");
}

function anotherPlan(): RotationError {
  return new RotationError("journal.of_another_plan", "The journal belongs to another plan.", {
    hint: "Resume that one, or take a new journal for this plan.",
  });
}

function emptyJournal(): RotationError {
  return new RotationError("journal.empty", "The journal holds no plan.", {
    hint: "Check the path of the journal, or execute a plan with it first.",
  });
}

function rolledBack(): RotationError {
  return new RotationError("rotation.rolled_back", "The rotation is being taken back.", {
    hint: "Finish with `rollbackRotation`, or make a new plan with a new journal.",
  });
}
