import { setTimeout } from "node:timers/promises";
import type { Certificate } from "../../certificates/types.ts";
import type { SamlCertCode } from "../../core/codes/index.ts";
import { isSamlCertError } from "../../core/errors.ts";
import type { CertificateStore, StoredCertificate } from "../../providers/store.ts";
import type { JournalRecord, RotationJournal } from "../journal/types.ts";
import { type GuardOverride, type Refusal, refusal, standing } from "../plan/guards.ts";
import { short } from "../plan/refusals.ts";
import type { RotationStep } from "../types.ts";
import { compare, type Difference, isNameless } from "./ledger.ts";
import { advance, type Progress } from "./replay.ts";
import { RotationStoppedError, report, type Undone } from "./report.ts";

/** What happens in a run, as it happens. */
export type RotationEvent =
  | { readonly type: "step_started"; readonly step: RotationStep; readonly total: number }
  | {
      readonly type: "step_finished";
      readonly step: RotationStep;
      readonly total: number;
      readonly adopted: boolean;
    }
  | {
      readonly type: "step_failed";
      readonly step: RotationStep;
      readonly total: number;
      readonly code: SamlCertCode;
      readonly message: string;
    }
  | { readonly type: "undoing"; readonly step: RotationStep }
  | { readonly type: "waiting"; readonly until: number }
  | { readonly type: "completed" };

/** What a run works with. */
export interface RunOptions {
  readonly store: CertificateStore;
  readonly journal: RotationJournal;
  /** Stops the run between two steps, and the request that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Called as things happen. What it throws is ignored: a display must not stop a rotation. */
  readonly onEvent?: ((event: RotationEvent) => void) | undefined;
  /** What the identity provider publishes now: nothing of it is retired. */
  readonly published?: readonly Certificate[] | undefined;
  /**
   * Pauses before the store is read again when it does not show yet what was written, in
   * milliseconds. Default: 200, then 1000.
   */
  readonly rereadAfterMs?: readonly number[] | undefined;
  /** Unix seconds; the system's clock where it is absent. */
  readonly clock?: (() => number) | undefined;
}

/** A run under way: the one place that holds what changes. */
export interface Run {
  readonly store: CertificateStore;
  readonly signal: AbortSignal | undefined;
  /** SHA-256 of what the identity provider publishes now. */
  readonly published: ReadonlySet<string>;
  readonly clock: () => number;
  readonly emit: (event: RotationEvent) => void;
  readonly progress: () => Progress;
  /** Writes a record and then takes it into account. */
  readonly record: (record: JournalRecord) => Promise<void>;
  /** Counts one call to the store. */
  readonly request: <T>(call: () => Promise<T>) => Promise<T>;
  readonly requests: () => number;
  /** The last reading, as long as nothing was written since. */
  readonly reading: () => readonly StoredCertificate[] | undefined;
  /** The last reading, even so: enough to know that a certificate is not stored. */
  readonly known: () => readonly StoredCertificate[] | undefined;
  readonly read: () => Promise<readonly StoredCertificate[]>;
  readonly rereadAfterMs: readonly number[];
}

export function openRun(options: RunOptions, start: Progress): Run {
  const { store, journal, signal, onEvent } = options;
  const callOptions = signal ? { signal } : {};
  let progress = start;
  let requests = 0;
  let reading: readonly StoredCertificate[] | undefined;
  let known: readonly StoredCertificate[] | undefined;
  const run: Run = {
    store,
    signal,
    rereadAfterMs: options.rereadAfterMs ?? [200, 1000],
    published: new Set(options.published?.map(({ fingerprint }) => fingerprint.sha256)),
    clock: options.clock ?? (() => Math.floor(Date.now() / 1000)),
    emit(event) {
      try {
        onEvent?.(event);
      } catch {
        // See RunOptions.onEvent.
      }
    },
    progress: () => progress,
    async record(record) {
      try {
        await journal.append(record);
      } catch (cause) {
        throw stopped(run, "rotation.journal_failed", JOURNAL_FAILED, REPAIR_JOURNAL, { cause });
      }
      progress = advance(progress, record);
    },
    async request(call) {
      requests += 1;
      reading = undefined;
      return await call();
    },
    requests: () => requests,
    reading: () => reading,
    known: () => known,
    async read() {
      requests += 1;
      reading = await store.list(callOptions);
      known = reading;
      return reading;
    },
  };
  return run;
}

/** Refuses, unless the policy or the caller accepts the danger. */
export function guard(run: Run, found: readonly Refusal[]): void {
  const overrides: readonly GuardOverride[] = run.progress().plan.policy.overrides;
  const left = standing(found, overrides);
  const [first] = left;
  if (first) throw stopped(run, first.code, first.message, first.hint, { refusals: left });
}

/**
 * What is stored, and again after each pause: a provider may take a moment to show a write, so that
 * a difference is looked at again before anybody else is blamed for it.
 */
export async function* readings(run: Run): AsyncGenerator<readonly StoredCertificate[]> {
  yield run.reading() ?? (await run.read());
  for (const milliseconds of run.rereadAfterMs) {
    await pause(milliseconds, run.signal);
    yield await run.read();
  }
}

/** Reads what is stored and stops where it is not what ought to be. */
export async function requireUnchanged(run: Run): Promise<void> {
  let difference: Difference | undefined;
  for await (const listed of readings(run)) {
    const outcome = compare(run.progress().ledger, listed);
    if ("agreed" in outcome) return;
    difference = outcome.difference;
  }
  if (difference) guard(run, [storeChanged(difference)]);
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(milliseconds, undefined, signal ? { signal } : {});
}

/** Stops for another writer's change, whatever the policy accepts. */
export function stopForChange(run: Run, difference: Difference): RotationStoppedError {
  const found = storeChanged(difference);
  return stopped(run, found.code, found.message, found.hint, { refusals: [found] });
}

function storeChanged({ missing, unexpected, changed }: Difference): Refusal {
  const told = (items: Difference["missing"], verb: string) =>
    items.map(({ id, sha256 }) => `${isNameless(id) ? "" : `${id} `}(${short(sha256)}) ${verb}`);
  const list = [
    ...told(missing, "is gone"),
    ...told(unexpected, "is new"),
    ...told(changed, "is another"),
  ];
  const more = list.length > 5 ? ` and ${list.length - 5} more` : "";
  const message = `Somebody else changed what is stored: ${list.slice(0, 5).join(", ")}${more}.`;
  return refusal("guard.store_changed", message);
}

/** The error that ends a run early, with its report. */
export function stopped(
  run: Run,
  code: SamlCertCode,
  message: string,
  hint: string,
  details: {
    readonly refusals?: readonly Refusal[];
    readonly cause?: unknown;
    readonly undone?: Undone;
  } = {},
): RotationStoppedError {
  const { refusals, cause, undone } = details;
  const next = code.startsWith("guard.") ? hint : undefined;
  return new RotationStoppedError(code, message, {
    hint,
    report: report(run.progress(), "stopped", run.requests(), undone, next),
    ...(refusals && { refusals }),
    // Only errors of this package are known to hold no secret.
    ...(isSamlCertError(cause) && { cause }),
  });
}

/** The abort of a signal, as the end of a run. */
export function requireNotCancelled(run: Run): void {
  if (run.signal?.aborted !== true) return;
  throw stopped(run, "rotation.cancelled", "The rotation was cancelled.", RESUME);
}

const JOURNAL_FAILED = "The journal could not be written, so the rotation went no further.";
const REPAIR_JOURNAL = "Make room for the journal, then resume with it.";

export const RESUME = "Resume with the same journal.";
