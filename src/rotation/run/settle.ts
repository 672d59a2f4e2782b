import type { StoredCertificate } from "../../providers/store.ts";
import type { RotationPlan } from "../types.ts";
import { applyStep, compare, type Ledger } from "./ledger.ts";
import { type Progress, withoutStep } from "./replay.ts";
import type { Run } from "./run.ts";
import { readings, requireUnchanged } from "./unchanged.ts";

/** A possible state of the store, and the number of further steps that are finished in it. */
interface Candidate {
  readonly ledger: Ledger;
  readonly ahead: number;
  readonly undone?: number | undefined;
}

/**
 * Reads the store and finds out how far the plan has come: a step that was interrupted may have been
 * done or not. With a new journal every point of the plan is possible, so that a plan whose journal
 * was lost, or that is executed a second time, still reaches the same end. Records the finding; stops
 * if the store matches no point of the plan.
 */
export async function settle(run: Run, fresh: boolean): Promise<void> {
  const possible = candidates(run.progress(), fresh);
  let found: Match | undefined;
  for await (const listed of readings(run)) {
    found = match(possible, listed, run.progress().plan);
    if (found && !mayAppear(run, found.candidate)) break;
  }
  if (!found) return await requireUnchanged(run);
  const { candidate, agreed } = found;
  if (candidate.undone !== undefined) await recordUndone(run, candidate.undone, agreed);
  await adopt(run, candidate.ahead, agreed);
}

interface Match {
  readonly candidate: Candidate;
  readonly agreed: Ledger;
}

function match(
  possible: readonly Candidate[],
  listed: readonly StoredCertificate[],
  plan: RotationPlan,
): Match | undefined {
  for (const candidate of possible) {
    const outcome = compare(candidate.ledger, listed, plan);
    if ("agreed" in outcome) return { candidate, agreed: outcome.agreed };
  }
  return undefined;
}

/** An upload in doubt may still appear: uploading again at once could store it twice. */
function mayAppear(run: Run, { ahead, undone }: Candidate): boolean {
  const { plan, doubt } = run.progress();
  const kind = doubt && plan.steps[doubt.step]?.kind;
  if (doubt?.kind === "doing") return kind === "add" && ahead === 0;
  return kind === "retire" && undone === undefined;
}

/** A certificate that was added again has a new id, which the ledger does not know yet. */
async function recordUndone(run: Run, index: number, agreed: Ledger): Promise<void> {
  const { plan, ledger } = run.progress();
  const id =
    plan.steps[index]?.kind === "retire"
      ? [...agreed.keys()].find((name) => !ledger.has(name))
      : undefined;
  const record = { type: "undone", at: run.now(), step: index } as const;
  await run.record(id === undefined ? record : { ...record, id });
}

function candidates(progress: Progress, fresh: boolean): readonly Candidate[] {
  const { plan, ledger, position, doubt } = progress;
  if (doubt?.kind === "undoing") {
    return [
      { ledger: withoutStep(progress, doubt.step), ahead: 0, undone: doubt.step },
      { ledger, ahead: 0 },
    ];
  }
  const found: Candidate[] = [{ ledger, ahead: 0 }];
  const last = fresh
    ? plan.steps.length
    : Math.min(position + Number(doubt !== undefined), plan.steps.length);
  let next = ledger;
  for (const step of plan.steps.slice(position, last)) {
    next = applyStep(next, plan, step);
    found.push({ ledger: next, ahead: found.length });
  }
  return found;
}

async function adopt(run: Run, ahead: number, agreed: Ledger): Promise<void> {
  const { plan, position } = run.progress();
  const total = plan.steps.length;
  for (const step of plan.steps.slice(position, position + ahead)) {
    const id =
      step.kind === "add" || step.kind === "replace"
        ? [...agreed.values()].find(({ sha256 }) => sha256 === step.sha256)?.id
        : undefined;
    const record = { type: "finished", at: run.now(), step: step.index, adopted: true } as const;
    await run.record(id === undefined ? record : { ...record, id });
    run.emit({ type: "step_finished", step, total, adopted: true });
  }
}
