import type { Certificate } from "../../certificates/types.ts";
import { type Values, words } from "../../core/codes/code.ts";
import type { SamlCertCode } from "../../core/codes/index.ts";
import { rotationCodes } from "../../core/codes/rotation.ts";
import { isSamlCertError } from "../../core/errors.ts";
import { unixSeconds } from "../../core/time.ts";
import type { CertificateStore, StoredCertificate } from "../../providers/store.ts";
import type { RotationCode } from "../error.ts";
import type { JournalRecord, RotationJournal } from "../journal/types.ts";
import { type GuardOverride, type Refusal, standing } from "../plan/guards.ts";
import type { RotationStep } from "../types.ts";
import { advance, type Progress } from "./replay.ts";
import { RotationStoppedError, report, type Undone } from "./report.ts";

/** One event of a run. */
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
  /**
   * `approval`: a certificate awaits somebody's approval at the provider. Without it and `until`, the
   * switch of the identity provider is awaited.
   */
  | {
      readonly type: "waiting";
      readonly until?: number | undefined;
      readonly approval?: true | undefined;
    }
  | { readonly type: "completed" };

/** Options of `executeRotation`, `resumeRotation` and `rollbackRotation`. */
export interface RunOptions {
  readonly store: CertificateStore;
  readonly journal: RotationJournal;
  /** Stops the run between two steps, and aborts the current request. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each event. Errors that it throws are ignored: a display must not stop a rotation. */
  readonly onEvent?: ((event: RotationEvent) => void) | undefined;
  /**
   * Reads the certificates that the identity provider publishes now, instead of the plan's `source`:
   * none of them is removed.
   */
  readonly published?: (() => Promise<readonly Certificate[]>) | undefined;
  /**
   * Pauses before the store is read again if it does not show a write yet, in milliseconds.
   * Default: 200, then 1000.
   */
  readonly rereadAfterMs?: readonly number[] | undefined;
  /** Default: the system's clock. */
  readonly clock?: (() => Date) | undefined;
}

/** A run in progress: the one place with mutable state. */
export interface Run {
  readonly store: CertificateStore;
  readonly signal: AbortSignal | undefined;
  readonly published: RunOptions["published"];
  /** The present, in unix seconds. */
  readonly now: () => number;
  readonly emit: (event: RotationEvent) => void;
  readonly progress: () => Progress;
  /** Writes a record, then applies it to the progress. */
  readonly record: (record: JournalRecord) => Promise<void>;
  /** Counts one call to the store. */
  readonly request: <T>(call: () => Promise<T>) => Promise<T>;
  readonly requests: () => number;
  /** The last reading, as long as nothing was written since. */
  readonly reading: () => readonly StoredCertificate[] | undefined;
  /** The last reading, even if something was written since: enough to know what is not stored. */
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
    published: options.published,
    now: () => unixSeconds(options.clock?.() ?? new Date(), "clock()"),
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
        throw stopped(run, "rotation.journal_failed", {}, { cause });
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
  if (left.length > 0) throw refused(run, left);
}

/** The error of a run that guards stopped, in the words of the first. */
export function refused(run: Run, refusals: readonly Refusal[]): RotationStoppedError {
  const [{ code, message, hint }] = refusals as readonly [Refusal];
  return new RotationStoppedError(code, message, {
    hint,
    report: report(run.progress(), "stopped", run.requests(), undefined, hint),
    refusals,
  });
}

/** The error that ends a run early, with its report. */
export function stopped(
  run: Run,
  code: Exclude<RotationCode, `guard.${string}`>,
  values: Values = {},
  { cause, undone }: { readonly cause?: unknown; readonly undone?: Undone } = {},
): RotationStoppedError {
  const { message, hint } = words(rotationCodes[code], values);
  return new RotationStoppedError(code, message, {
    hint,
    report: report(run.progress(), "stopped", run.requests(), undone),
    // Only errors of this package are known to contain no secret.
    ...(isSamlCertError(cause) && { cause }),
  });
}

/** Stops the run if its signal was aborted. */
export function requireNotCancelled(run: Run): void {
  if (run.signal?.aborted === true) throw stopped(run, "rotation.cancelled");
}
