import { RotationError } from "../../core/errors.ts";
import type { JournalRecord } from "../journal/types.ts";
import { planId } from "../plan/plan.ts";
import type { RotationPlan } from "../types.ts";
import { applyStep, type Ledger, ledgerOf, undoStep } from "./ledger.ts";

/** How far a run has come, as its journal tells. */
export interface Progress {
  readonly plan: RotationPlan;
  /** What ought to be stored, after every step that is known to be finished. */
  readonly ledger: Ledger;
  /** The first step that is not finished; the number of steps when all are. */
  readonly position: number;
  /** Begun, and nobody wrote down how it ended. */
  readonly doubt?: { readonly kind: "doing" | "undoing"; readonly step: number } | undefined;
  /** When the last step was finished, and the last record written, in unix seconds. */
  readonly finishedAt: number;
  readonly lastAt: number;
  readonly until?: number | undefined;
  readonly completed: boolean;
  /** Somebody decided to take it back: it does not go forward any more. */
  readonly rollingBack: boolean;
}

/** Progress of a plan of which nothing is done. */
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

/** What a record says, added to what was known. */
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

/** Reads a journal from its beginning. Throws a `RotationError` where it cannot be what a run wrote. */
export function replay(records: readonly JournalRecord[]): Progress | undefined {
  const [first, ...rest] = records;
  if (!first) return undefined;
  if (first.type !== "plan") throw corrupt("It does not begin with a plan.");
  let progress = begin(first.plan, first.at);
  requireIntact(first.plan);
  for (const record of rest) {
    if (record.type === "plan") requireIntact(record.plan);
    progress = advance(progress, record);
  }
  return progress;
}

/** Throws where a plan is not, byte for byte, one that `planRotation` made. */
export function requireIntact(plan: RotationPlan): void {
  if (plan?.format !== "samlcert.rotation-plan" || plan.version !== 1) {
    throw new RotationError("rotation.plan_unknown", "This is not a rotation plan of version 1.", {
      hint: "Give a plan that `planRotation` of this version made.",
    });
  }
  if (isNamed(plan)) return;
  throw new RotationError("rotation.plan_altered", "The plan was altered after it was made.", {
    hint: "Make a new plan; a change belongs into its policy.",
  });
}

function isNamed(plan: RotationPlan): boolean {
  try {
    return planId(plan) === plan.id;
  } catch {
    // What JSON cannot hold, such as a circle, is in no plan.
    return false;
  }
}

/** What ought to be stored when that step is undone. */
export function withoutStep({ ledger, plan }: Progress, index: number, id?: string): Ledger {
  return undoStep(ledger, plan, stepOf(plan, index), id);
}

function stepOf(plan: RotationPlan, index: number): RotationPlan["steps"][number] {
  const step = plan.steps[index];
  if (!step) throw corrupt(`It speaks of step ${index}, which the plan does not have.`);
  return step;
}

export function corrupt(why: string): RotationError {
  return new RotationError("journal.corrupt", `The journal cannot be read. ${why}`, {
    hint: "Look at what is stored and make a new plan with a new journal.",
  });
}
