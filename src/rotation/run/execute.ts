import { need } from "../../core/argument.ts";
import { RotationError } from "../../core/errors.ts";
import type { RotationPlan } from "../types.ts";
import { drive, guarded, requireStore } from "./drive.ts";
import { begin, type Progress, replay, requireIntact } from "./replay.ts";
import { type RotationResult, report } from "./report.ts";
import { openRun, type RunOptions, requireNotCancelled } from "./run.ts";
import { settle } from "./settle.ts";
import { undo } from "./undo.ts";

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
  return await withJournal(options, async (earlier) => {
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
  return await withJournal(options, async (earlier) => {
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
  return await withJournal(options, async (earlier) => {
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
  options: RunOptions,
  use: (earlier: Progress | undefined) => Promise<RotationResult>,
): Promise<RotationResult> {
  const { journal, store, clock } = Object(options) as RunOptions;
  need(() => typeof journal.open === "function", "journal", "a journal, as fileJournal gives it");
  need(() => typeof store.list === "function", "store", "a CertificateStore");
  need(
    () => typeof (clock ?? Date.now) === "function",
    "clock",
    "a function that gives unix seconds",
  );
  const records = await journal.open();
  try {
    return await use(replay(records));
  } finally {
    await journal.close();
  }
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
