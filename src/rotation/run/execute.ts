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
import { drive, requireStore } from "./drive.ts";
import { begin, type Progress, replay, requireIntact } from "./replay.ts";
import type { RotationResult } from "./report.ts";
import { rollBack } from "./rollback.ts";
import { openRun, type RunOptions } from "./run.ts";

/**
 * Executes a plan. Every step is written to the journal before and after it is done.
 *
 * Returns `awaiting_switch` once old and new are stored: then switch the identity provider, and call
 * `retireSuperseded`. Under another policy than `confirmed`, `resumeRotation` looks whether the
 * evidence is complete, in this process or another. With a journal that already contains this plan it
 * resumes.
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
 *   return result.status; // "awaiting_switch", then retireSuperseded
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
    const start = earlier ?? begin(plan, plan.createdAt);
    return await drive(openRun(options, start), earlier === undefined);
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
    return await drive(openRun(options, earlier), false);
  });
}

/**
 * Says that the identity provider has switched, and retires the superseded certificates of a rotation
 * that awaits it. Call it when a person has said so: whatever the policy waits for, their word is
 * enough. Of a rotation that is being rolled back, it says that the identity provider has switched
 * back, and the added certificates are removed.
 *
 * The identity provider's metadata and the observed sign-ins are still checked right before each
 * removal. Throws as `resumeRotation` does, and a `RotationError` with code `rotation.not_staged` if
 * the new certificate is not stored yet.
 *
 * @example
 * ```ts
 * import { fileJournal, retireSuperseded } from "samlcert/rotation";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export async function confirmSwitch(apiKey: string, integrationId: string) {
 *   const store = sendGridCertificateStore(createSendGridClient({ apiKey }), integrationId);
 *   return await retireSuperseded({ store, journal: fileJournal("rotation.journal") });
 * }
 * ```
 */
export async function retireSuperseded(options: RunOptions): Promise<RotationResult> {
  return await withJournal(options, "retireSuperseded", async (earlier) => {
    if (!earlier) throw rotationError("journal.empty");
    const run = openRun(options, earlier);
    const { plan, position, rollingBack, completed } = earlier;
    requireStore(run);
    const gate = plan.steps.find(({ kind }) => kind === "wait")?.index ?? 0;
    if (!rollingBack && position < gate) throw rotationError("rotation.not_staged");
    if (!completed || rollingBack) await run.record({ type: "confirmed", at: run.now() });
    return await (rollingBack ? rollBack(run) : drive(run, false));
  });
}

/**
 * Rolls a rotation back, finished or not, in two phases. First it adds the retired certificates again
 * and reads them back. Then it awaits, as the policy says, that the identity provider has switched back
 * (`retireSuperseded`), and removes the added ones. Steps that cannot be undone are in
 * `notRolledBack`, and then the status is `stopped`.
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
 *   return result.status; // "awaiting_switch", until the identity provider has switched back
 * }
 * ```
 */
export async function rollbackRotation(options: RunOptions): Promise<RotationResult> {
  return await withJournal(options, "rollbackRotation", async (earlier) => {
    if (!earlier) throw rotationError("journal.empty");
    return await rollBack(openRun(options, earlier));
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
  published: FUNCTION,
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
  const { provider, integrationId, origin } = store;
  const records = await journal.open({ provider, integrationId, ...(origin && { origin }) });
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
