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
  readonly until?: number | undefined;
  readonly completed: boolean;
  /** The rotation is being rolled back: it does not go forward any more. */
  readonly rollingBack: boolean;
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
  };
}

/** Applies a record to the progress. */
export function advance(progress: Progress, record: JournalRecord): Progress {
  const { plan, doubt: _, ...known } = progress;
  const next = { ...known, plan, lastAt: record.at };
  switch (record.type) {
    case "plan":
      return begin(record.plan, record.at);
    case "started":
      return { ...next, doubt: { kind: "doing", step: record.step } };
    case "finished": {
      const step = stepOf(plan, record.step);
      const ledger = applyStep(progress.ledger, plan, step, record.id);
      return { ...next, ledger, position: record.step + 1, finishedAt: record.at };
    }
    case "failed":
      return { ...next, doubt: progress.doubt };
    case "undoing":
      return { ...next, doubt: { kind: "undoing", step: record.step } };
    case "undone":
      return {
        ...next,
        ledger: withoutStep(progress, record.step, record.id),
        position: record.step,
        completed: false,
      };
    case "rolling_back":
      return { ...next, doubt: progress.doubt, rollingBack: true };
    case "waiting":
      return { ...next, until: record.until };
    case "completed":
      return { ...next, completed: true };
  }
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
  if (plan?.format !== "samlcert.rotation-plan" || plan.version !== 1) {
    throw rotationError("rotation.plan_unknown");
  }
  if (!hasItsId(plan)) throw rotationError("rotation.plan_altered");
}

function hasItsId(plan: RotationPlan): boolean {
  try {
    return planId(plan) === plan.id;
  } catch {
    // A plan contains nothing that JSON cannot hold, such as a cycle.
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
