import { parseCertificate } from "../../certificates/index.ts";
import { isSamlCertError, type RotationError } from "../../core/errors.ts";
import { rotationError } from "../error.ts";
import { short } from "../plan/refusals.ts";
import type {
  AddStep,
  PlannedCertificate,
  ReplaceStep,
  RetireStep,
  RotationStep,
} from "../types.ts";
import { requireOutOfUse } from "./evidence.ts";
import { remove } from "./remove.ts";
import type { Undone } from "./report.ts";
import type { Run } from "./run.ts";
import { requireUsableAfter } from "./standing.ts";
import { callOptions } from "./write.ts";

/**
 * Undoes steps, the last first. After a step that cannot be undone, the earlier ones stay as well:
 * their certificates may be the only ones that work. A rollback removes a certificate only if it is out
 * of use and another one is usable; a wrong copy of a certificate is removed in any case.
 */
export async function undo(
  run: Run,
  steps: readonly RotationStep[],
  options: { readonly isRollback: boolean },
): Promise<Undone> {
  const rolledBack: string[] = [];
  const notRolledBack: string[] = [];
  for (const step of [...steps].sort((a, b) => b.index - a.index)) {
    const where = `Step ${step.index + 1} (${step.kind})`;
    if (notRolledBack.length > 0) {
      notRolledBack.push(`${where}: not undone, because of the step above.`);
      continue;
    }
    run.emit({ type: "undoing", step });
    try {
      rolledBack.push(await undoOne(run, step, options.isRollback));
    } catch (error) {
      const why = isSamlCertError(error) ? error.message : "The store threw an error.";
      notRolledBack.push(`${where}: ${why}`);
    }
  }
  return { rolledBack, notRolledBack };
}

async function undoOne(run: Run, step: RotationStep, isRollback: boolean): Promise<string> {
  switch (step.kind) {
    case "add":
      return await unadd(run, step, isRollback);
    case "replace":
      return await unreplace(run, step, isRollback);
    case "retire":
      return await unretire(run, step);
    default:
      throw impossible("the previous state is not visible");
  }
}

async function unadd(run: Run, step: AddStep, isRollback: boolean): Promise<string> {
  const entry = [...run.progress().ledger.values()].findLast(
    ({ sha256 }) => sha256 === step.sha256,
  );
  if (!entry) throw impossible("the certificate is not stored");
  if (isRollback) {
    await requireOutOfUse(run, entry.id);
    requireUsableAfter(run, entry.id);
  }
  await begin(run, step);
  await remove(run, entry.id);
  await end(run, step);
  return `${entry.id} (${short(step.sha256)}), which the rotation had added, was removed.`;
}

async function unreplace(run: Run, step: ReplaceStep, isRollback: boolean): Promise<string> {
  const old = formerly(run, step.id);
  const ledger = [...run.progress().ledger.values()];
  const { id } = ledger.findLast(({ sha256 }) => sha256 === step.sha256) ?? step;
  if (isRollback) {
    await requireOutOfUse(run, id);
    requireUsableAfter(run, id, old);
  }
  await begin(run, step);
  await run.request(() => run.store.replace(id, parseCertificate(old.pem), callOptions(run)));
  await end(run, step);
  return `${step.id} was set back to ${short(step.replaces)}.`;
}

async function unretire(run: Run, step: RetireStep): Promise<string> {
  const old = formerly(run, step.id);
  const enabled = run.progress().plan.before.find(({ id }) => id === step.id)?.enabled ?? true;
  await begin(run, step);
  const options = { ...callOptions(run), enabled };
  const { id } = await run.request(() => run.store.add(parseCertificate(old.pem), options));
  await end(run, step, id);
  return `${short(step.sha256)}, which the rotation had retired, was added again as ${id}.`;
}

function formerly(run: Run, id: string): PlannedCertificate {
  const old = run.progress().plan.before.find((item) => item.id === id)?.certificate;
  if (!old) throw impossible("the previous certificate is unknown");
  return old;
}

async function begin(run: Run, { index }: RotationStep): Promise<void> {
  await run.record({ type: "undoing", at: run.now(), step: index });
}

async function end(run: Run, { index }: RotationStep, id?: string): Promise<void> {
  const record = { type: "undone", at: run.now(), step: index } as const;
  await run.record(id === undefined ? record : { ...record, id });
}

function impossible(reason: string): RotationError {
  return rotationError("rotation.cannot_undo", { reason });
}
