import { storeLimit } from "../plan/policy.ts";
import type { AddStep, ReplaceStep, RetireStep } from "../types.ts";
import { guarded, requireStore, waiting } from "./drive.ts";
import { gateOf, type Switch } from "./gate.ts";
import { type RotationResult, report, type Undone } from "./report.ts";
import { type Run, requireNotCancelled } from "./run.ts";
import { settle } from "./settle.ts";
import { requireUnchanged } from "./unchanged.ts";
import { undo } from "./undo.ts";

type WriteStep = AddStep | ReplaceStep | RetireStep;

/**
 * Rolls a rotation back in two phases: adds the retired certificates again and reads them back, then,
 * on the evidence that the policy asks for, removes the added ones.
 */
export async function rollBack(run: Run): Promise<RotationResult> {
  requireStore(run);
  requireNotCancelled(run);
  if (!run.progress().rollingBack) await run.record({ type: "rolling_back", at: run.now() });
  await guarded(run, undefined, () => settle(run, false));

  const added = await undo(run, addedBack(run), { isRollback: true });
  if (added.notRolledBack.length > 0) return ended(run, "stopped", added);
  await guarded(run, undefined, () => requireUnchanged(run));

  const rest = stepsToUndo(run);
  if (await isClosed(run, rest)) return { ...waiting(run), ...added };
  const removed = await undo(run, rest, { isRollback: true });
  const undone = {
    rolledBack: [...added.rolledBack, ...removed.rolledBack],
    notRolledBack: removed.notRolledBack,
  };
  if (undone.notRolledBack.length > 0) return ended(run, "stopped", undone);
  await guarded(run, undefined, () => requireUnchanged(run));
  if (!run.progress().rolledBack) await run.record({ type: "rolled_back", at: run.now() });
  return ended(run, "rolled_back", undone);
}

function ended(run: Run, status: "stopped" | "rolled_back", undone: Undone): RotationResult {
  return report(run.progress(), status, run.requests(), undone);
}

/** The steps that were done and are not undone yet. */
function stepsToUndo(run: Run): readonly WriteStep[] {
  const { plan, position, undone } = run.progress();
  return plan.steps
    .slice(0, position)
    .filter((step): step is WriteStep => ["add", "replace", "retire"].includes(step.kind))
    .filter(({ index }) => !undone.has(index));
}

/** The retirements to undo first: those that had a successor, as far as the provider has room. */
function addedBack(run: Run): readonly WriteStep[] {
  const { plan, ledger } = run.progress();
  const first = plan.steps.find(({ kind }) => kind === "add" || kind === "replace")?.index ?? -1;
  const room = Math.max(0, storeLimit(plan.policy, plan.capabilities) - ledger.size);
  return stepsToUndo(run)
    .filter(({ kind, index }) => kind === "retire" && index > first)
    .sort((a, b) => b.index - a.index)
    .slice(0, room);
}

/** True if the evidence that the identity provider has switched back is not complete. */
async function isClosed(run: Run, rest: readonly WriteStep[]): Promise<boolean> {
  const leaving = rest.filter(({ kind }) => kind !== "retire");
  const [step] = leaving;
  if (!step) return false;
  const { plan, finishedAt, until } = run.progress();
  const names = new Set(leaving.map(({ sha256 }) => sha256));
  const change: Switch = {
    leaving: names,
    arriving: new Set(plan.before.map(({ sha256 }) => sha256).filter((name) => !names.has(name))),
    since: finishedAt,
  };
  const gate = await guarded(run, undefined, () => gateOf(run, plan.policy.retire, change));
  if (gate === "open") return false;
  const next = gate === "closed" ? undefined : gate;
  const record = { type: "waiting", at: run.now(), step: step.index } as const;
  if (until !== next) await run.record(next === undefined ? record : { ...record, until: next });
  return true;
}
