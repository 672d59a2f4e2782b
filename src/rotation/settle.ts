import { applyStep, compare, type Ledger } from "./ledger.ts";
import { type Progress, withoutStep } from "./replay.ts";
import { type Run, requireUnchanged } from "./run.ts";

/** A state that the store may be in, and how many more steps are finished if it is. */
interface Candidate {
  readonly ledger: Ledger;
  readonly ahead: number;
  readonly undone?: number | undefined;
}

/**
 * Reads the store and finds out how far the plan has come: a step that was under way when a run
 * ended may have been done or not. With a new journal every point of the plan is possible, so that a
 * plan whose journal was lost, or that is executed a second time, still ends where it should.
 * Writes down what it found; stops where the store is at no point of the plan.
 */
export async function settle(run: Run, fresh: boolean): Promise<void> {
  const listed = await run.read();
  for (const { ledger, ahead, undone } of candidates(run.progress(), fresh)) {
    const outcome = compare(ledger, listed);
    if (!("agreed" in outcome)) continue;
    if (undone !== undefined) await run.record({ type: "undone", at: run.clock(), step: undone });
    await adopt(run, ahead, outcome.agreed);
    return;
  }
  await requireUnchanged(run, listed);
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
      step.kind === "add"
        ? [...agreed.values()].find(({ sha256 }) => sha256 === step.sha256)?.id
        : undefined;
    const record = { type: "finished", at: run.clock(), step: step.index, adopted: true } as const;
    await run.record(id === undefined ? record : { ...record, id });
    run.emit({ type: "step_finished", step, total, adopted: true });
  }
}
