import { parseCertificate } from "../../certificates/index.ts";
import type { Certificate } from "../../certificates/types.ts";
import { isSamlCertError, RotationError } from "../../core/errors.ts";
import { short } from "../plan/refusals.ts";
import type { AddStep, ReplaceStep, RetireStep, RotationStep } from "../types.ts";
import type { Undone } from "./report.ts";
import type { Run } from "./run.ts";
import { requireUsableAfter } from "./standing.ts";

/**
 * Takes back what steps wrote, the last first. What cannot be taken back is told, not hidden, and
 * what was written before it then stays too: it may be all that works.
 */
export async function undo(
  run: Run,
  steps: readonly RotationStep[],
  options: { readonly keepUsable: boolean },
): Promise<Undone> {
  const rolledBack: string[] = [];
  const notRolledBack: string[] = [];
  for (const step of [...steps].sort((a, b) => b.index - a.index)) {
    const where = `Step ${step.index + 1} (${step.kind})`;
    if (notRolledBack.length > 0) {
      notRolledBack.push(`${where}: left, because of the one above.`);
      continue;
    }
    run.emit({ type: "undoing", step });
    try {
      rolledBack.push(await undoOne(run, step, options.keepUsable));
    } catch (error) {
      const why = isSamlCertError(error) ? error.message : "The store threw an error of its own.";
      notRolledBack.push(`${where}: ${why}`);
    }
  }
  return { rolledBack, notRolledBack };
}

async function undoOne(run: Run, step: RotationStep, keepUsable: boolean): Promise<string> {
  switch (step.kind) {
    case "add":
      return await unadd(run, step, keepUsable);
    case "replace":
      return await unreplace(run, step);
    case "retire":
      return await unretire(run, step);
    default:
      throw impossible("What it was before cannot be seen.");
  }
}

async function unadd(run: Run, step: AddStep, keepUsable: boolean): Promise<string> {
  const entry = [...run.progress().ledger.values()].findLast(
    ({ sha256 }) => sha256 === step.sha256,
  );
  if (!entry) throw impossible("It is not stored.");
  if (keepUsable) requireUsableAfter(run, entry.id);
  await begin(run, step);
  await run.request(() => run.store.remove(entry.id, callOptions(run)));
  await end(run, step);
  return `${entry.id} (${short(step.sha256)}), which the rotation had added, was removed.`;
}

async function unreplace(run: Run, step: ReplaceStep): Promise<string> {
  const old = formerly(run, step.id);
  await begin(run, step);
  await run.request(() => run.store.replace(step.id, old, callOptions(run)));
  await end(run, step);
  return `${step.id} was set back to ${short(step.replaces)}.`;
}

async function unretire(run: Run, step: RetireStep): Promise<string> {
  const old = formerly(run, step.id);
  const { enabled } = run.progress().plan.policy;
  await begin(run, step);
  const options = { ...callOptions(run), ...(enabled !== undefined && { enabled }) };
  const { id } = await run.request(() => run.store.add(old, options));
  await end(run, step, id);
  return `${short(step.sha256)}, which the rotation had retired, was added again as ${id}.`;
}

function formerly(run: Run, id: string): Certificate {
  const old = run.progress().plan.before.find((item) => item.id === id)?.certificate;
  if (!old) throw impossible("What it was before is not known.");
  return parseCertificate(old.pem);
}

async function begin(run: Run, { index }: RotationStep): Promise<void> {
  await run.record({ type: "undoing", at: run.clock(), step: index });
}

async function end(run: Run, { index }: RotationStep, id?: string): Promise<void> {
  const record = { type: "undone", at: run.clock(), step: index } as const;
  await run.record(id === undefined ? record : { ...record, id });
}

function callOptions({ signal }: Run): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}

function impossible(why: string): RotationError {
  return new RotationError("rotation.cannot_undo", why, {
    hint: "Compare what is stored with the plan by hand.",
  });
}
