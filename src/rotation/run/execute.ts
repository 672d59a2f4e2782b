import { need } from "../../core/argument.ts";
import {
  ANY,
  checkOptions,
  FUNCTION,
  type Kind,
  LIST,
  type OptionKinds,
} from "../../core/options.ts";
import { rotationError } from "../error.ts";
import type { RotationPlan } from "../types.ts";
import { drive, guarded, requireStore } from "./drive.ts";
import { begin, type Progress, replay, requireIntact } from "./replay.ts";
import { type RotationResult, report } from "./report.ts";
import { openRun, type RunOptions, requireNotCancelled } from "./run.ts";
import { settle } from "./settle.ts";
import { undo } from "./undo.ts";

/**
 * Executes a plan. Every step is written to the journal before and after it is done.
 *
 * Returns `completed`, or `waiting` after the overlap has begun: then call `resumeRotation` later, in
 * this process or another. With a journal that already contains this plan it resumes.
 *
 * Throws a `RotationStoppedError` if it stops early; its `report` says what is stored and what to do
 * next. Codes: every `guard.*`, `rotation.step_failed`, `rotation.cancelled`,
 * `rotation.echo_mismatch`, `rotation.journal_failed`, `rotation.clock_went_back`. Throws a
 * `RotationError` with `rotation.wrong_store`, `rotation.plan_altered` or `journal.*` before the
 * first step.
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
  return await withJournal(options, "executeRotation", async (earlier) => {
    if (earlier && earlier.plan.id !== plan.id) throw rotationError("journal.of_another_plan");
    return await drive(options, earlier ?? begin(plan, plan.createdAt), earlier === undefined);
  });
}

/**
 * Continues the plan in a journal after the last run, however that ended.
 *
 * A step that was interrupted is looked up at the provider: it is not done twice. Throws as
 * `executeRotation` does, and a `RotationError` with code `journal.empty` if there is no plan.
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
  return await withJournal(options, "resumeRotation", async (earlier) => {
    if (!earlier) throw rotationError("journal.empty");
    return await drive(options, earlier, false);
  });
}

/**
 * Rolls a rotation back, finished or not: adds the retired certificates again, then removes the added
 * ones. Steps that cannot be undone are in `notRolledBack`, and then the status is `stopped`.
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
  return await withJournal(options, "rollbackRotation", async (earlier) => {
    if (!earlier) throw rotationError("journal.empty");
    const run = openRun(options, earlier);
    requireStore(run);
    requireNotCancelled(run);
    const { plan } = earlier;
    await run.record({ type: "rolling_back", at: run.now() });
    await guarded(run, undefined, () => settle(run, false));
    const done = plan.steps
      .slice(0, run.progress().position)
      .filter(({ kind }) => kind === "add" || kind === "replace" || kind === "retire");
    const undone = await undo(run, done, { keepUsable: true });
    const status = undone.notRolledBack.length === 0 ? "rolled_back" : "stopped";
    return report(run.progress(), status, run.requests(), undone);
  });
}

const JOURNAL: Kind = {
  is: (value) => typeof (Object(value) as RunOptions["journal"]).open === "function",
  name: "a journal, as fileJournal gives it",
};

const STORE: Kind = {
  is: (value) => typeof (Object(value) as RunOptions["store"]).list === "function",
  name: "a CertificateStore",
};

const OPTIONS: OptionKinds<RunOptions> = {
  store: STORE,
  journal: JOURNAL,
  signal: ANY,
  onEvent: FUNCTION,
  published: LIST,
  rereadAfterMs: LIST,
  clock: FUNCTION,
};

async function withJournal(
  options: RunOptions,
  caller: string,
  use: (earlier: Progress | undefined) => Promise<RotationResult>,
): Promise<RotationResult> {
  checkOptions(options, OPTIONS, caller);
  const { journal, store, clock } = Object(options) as RunOptions;
  need(() => JOURNAL.is(journal), "journal", JOURNAL.name);
  need(() => STORE.is(store), "store", STORE.name);
  need(() => isDate(clock?.() ?? new Date()), "clock", "a function that returns a Date");
  const records = await journal.open();
  try {
    return await use(replay(records));
  } finally {
    await journal.close();
  }
}

/** Also true for a Date of another realm. */
function isDate(value: unknown): boolean {
  const isOne = Object.prototype.toString.call(value) === "[object Date]";
  return isOne && Number.isFinite((value as Date).getTime());
}
