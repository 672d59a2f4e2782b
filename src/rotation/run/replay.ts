import type { RotationError } from "../../core/errors.ts";
import { rotationError } from "../error.ts";
import type { JournalRecord } from "../journal/types.ts";
import { planId } from "../plan/plan.ts";
import type { RotationPlan } from "../types.ts";
import { applyStep, type Ledger, ledgerOf, undoStep } from "./ledger.ts";

/** How far a run has come, by its journal. */
export interface Progress {
  readonly plan: RotationPlan;
  /** The certificates that should be stored after every step that is known to be finished. */
  readonly ledger: Ledger;
  /** The first step that is not finished; the number of steps if all are. */
  readonly position: number;
  /** A step that was begun and whose end was not recorded. */
  readonly doubt?: { readonly kind: "doing" | "undoing"; readonly step: number } | undefined;
  /** The time of the last finished step, and of the last record, in unix seconds. */
  readonly finishedAt: number;
  readonly lastAt: number;
  /** The time that the run waits for; absent while it awaits the switch. */
  readonly until?: number | undefined;
  /** True while an added certificate awaits somebody's approval at the provider. */
  readonly approval?: true | undefined;
  readonly completed: boolean;
  /** The rotation is being rolled back: it does not go forward any more. */
  readonly rollingBack: boolean;
  readonly rolledBack: boolean;
  /** The steps that a rollback has undone. */
  readonly undone: ReadonlySet<number>;
  readonly evidence: Evidence;
  /** The error that ended the last run. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
}

/** The evidence that the identity provider has switched, as the journal tells. */
export interface Evidence {
  readonly confirmedAt?: number | undefined;
  /** Since when none of the certificates to remove was published. */
  readonly unpublishedSince?: number | undefined;
  /** Sign-ins by the SHA-256 of their certificate. */
  readonly signIns: ReadonlyMap<string, SignIns>;
}

/** The observed sign-ins with one certificate. */
export interface SignIns {
  readonly count: number;
  /** Unix seconds of the last one. */
  readonly last: number;
}

/** The progress of a plan before its first step. */
export function begin(plan: RotationPlan, at: number): Progress {
  const ledger = ledgerOf(plan.before);
  return {
    plan,
    ledger,
    position: 0,
    finishedAt: at,
    lastAt: at,
    completed: false,
    rollingBack: false,
    rolledBack: false,
    undone: new Set(),
    evidence: { signIns: new Map() },
  };
}

/** Applies a record to the progress. */
export function advance(progress: Progress, record: JournalRecord): Progress {
  const { plan, doubt: _, failure: __, ...known } = progress;
  const next = { ...known, plan, lastAt: record.at };
  switch (record.type) {
    case "plan":
      return begin(record.plan, record.at);
    case "started":
      return { ...next, doubt: { kind: "doing", step: record.step } };
    case "finished": {
      const step = stepOf(plan, record.step);
      const ledger = applyStep(progress.ledger, plan, step, record.id);
      const position = record.step + 1;
      return { ...next, ledger, position, finishedAt: record.at, approval: undefined };
    }
    case "failed": {
      const { code, message } = record;
      return { ...next, doubt: progress.doubt, failure: { code, message } };
    }
    case "undoing":
      return { ...next, doubt: { kind: "undoing", step: record.step } };
    case "undone": {
      const ledger = withoutStep(progress, record.step, record.id);
      if (!progress.rollingBack) {
        return { ...next, ledger, position: record.step, completed: false };
      }
      const undone = new Set([...progress.undone, record.step]);
      return { ...next, ledger, undone, finishedAt: record.at, completed: false };
    }
    case "withdrawn": {
      const { ledger } = progress;
      return { ...next, doubt: progress.doubt, ledger: renamed(ledger, plan, record) };
    }
    case "rolling_back": {
      // Evidence for the way forward says nothing about the way back.
      const evidence = { signIns: progress.evidence.signIns };
      const { doubt } = progress;
      return {
        ...next,
        doubt,
        rollingBack: true,
        finishedAt: record.at,
        until: undefined,
        evidence,
      };
    }
    case "rolled_back":
      return { ...next, rolledBack: true };
    case "waiting": {
      const { until, approval } = record;
      return { ...next, doubt: progress.doubt, until, approval };
    }
    case "confirmed": {
      const evidence = { ...progress.evidence, confirmedAt: record.at };
      return { ...next, doubt: progress.doubt, evidence };
    }
    case "published": {
      const since = progress.evidence.unpublishedSince ?? record.at;
      const unpublishedSince = record.sha256s.length === 0 ? since : undefined;
      const evidence = { ...progress.evidence, unpublishedSince };
      return { ...next, doubt: progress.doubt, evidence };
    }
    case "observed":
      // The time of the sign-in, not of the record: the clock of the run does not depend on it.
      return { ...progress, evidence: observed(progress.evidence, record) };
    case "completed":
      return { ...next, completed: true };
  }
}

function observed(
  evidence: Evidence,
  { sha256, count, at }: Extract<JournalRecord, { type: "observed" }>,
): Evidence {
  const before = evidence.signIns.get(sha256) ?? { count: 0, last: at };
  const signIns = { count: before.count + count, last: Math.max(before.last, at) };
  return { ...evidence, signIns: new Map(evidence.signIns).set(sha256, signIns) };
}

/** The ledger after this run has withdrawn its copy of an equal certificate. */
function renamed(
  ledger: Ledger,
  plan: RotationPlan,
  { step, id }: Extract<JournalRecord, { type: "withdrawn" }>,
): Ledger {
  const added = stepOf(plan, step);
  return applyStep(undoStep(ledger, plan, added), plan, added, id);
}

/** Reads a journal from its beginning. Throws a `RotationError` if no run can have written it. */
export function replay(records: readonly JournalRecord[]): Progress | undefined {
  const [first, ...rest] = records;
  if (!first) return undefined;
  if (first.type !== "plan") throw corrupt("it does not begin with a plan");
  let progress = begin(first.plan, first.at);
  requireIntact(first.plan);
  for (const record of rest) {
    if (record.type === "plan") requireIntact(record.plan);
    progress = advance(progress, record);
  }
  return progress;
}

/** Throws unless the plan is, byte for byte, one that `planRotation` made. */
export function requireIntact(plan: RotationPlan): void {
  if (plan?.format !== "samlcert.rotation-plan" || plan.version !== 2) {
    throw rotationError("rotation.plan_unknown");
  }
  if (!hasItsId(plan)) throw rotationError("rotation.plan_altered");
}

function hasItsId(plan: RotationPlan): boolean {
  try {
    return planId(plan) === plan.id;
  } catch {
    // A plan contains nothing that JSON cannot express, such as a cycle.
    return false;
  }
}

/** The certificates that should be stored after that step is undone. */
export function withoutStep({ ledger, plan }: Progress, index: number, id?: string): Ledger {
  return undoStep(ledger, plan, stepOf(plan, index), id);
}

function stepOf(plan: RotationPlan, index: number): RotationPlan["steps"][number] {
  const step = plan.steps[index];
  if (!step) throw corrupt(`it names step ${index}, which the plan does not have`);
  return step;
}

export function corrupt(detail: string): RotationError {
  return rotationError("journal.corrupt", { detail });
}
