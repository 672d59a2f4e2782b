import { parseCertificate } from "../certificates/index.ts";
import { isSamlCertError } from "../core/errors.ts";
import { short } from "./refusals.ts";
import type { Undone } from "./report.ts";
import type { Run } from "./run.ts";
import type { RotationStep } from "./types.ts";

/** Takes back what steps wrote, the last first. What cannot be taken back is told, not hidden. */
export async function undo(run: Run, steps: readonly RotationStep[]): Promise<Undone> {
  const rolledBack: string[] = [];
  const notRolledBack: string[] = [];
  for (const step of [...steps].sort((a, b) => b.index - a.index)) {
    run.emit({ type: "undoing", step });
    try {
      rolledBack.push(await undoOne(run, step));
    } catch (error) {
      const why = isSamlCertError(error) ? error.message : "the store refused";
      notRolledBack.push(`Step ${step.index + 1} (${step.kind}): ${why}`);
    }
  }
  return { rolledBack, notRolledBack };
}

async function undoOne(run: Run, step: RotationStep): Promise<string> {
  const { plan, ledger } = run.progress();
  const options = run.signal ? { signal: run.signal } : {};
  const record = async (type: "undoing" | "undone") =>
    await run.record({ type, at: run.clock(), step: step.index });
  if (step.kind === "add") {
    const entry = [...ledger.values()].findLast(({ sha256 }) => sha256 === step.sha256);
    if (!entry) throw new RangeError("It is not stored.");
    await record("undoing");
    await run.request(() => run.store.remove(entry.id, options));
    await record("undone");
    return `${entry.id} (${short(step.sha256)}), which this run had added, was removed.`;
  }
  if (step.kind === "replace") {
    const old = plan.before.find(({ id }) => id === step.id)?.certificate;
    if (!old) throw new RangeError("What it was is not known.");
    await record("undoing");
    await run.request(() => run.store.replace(step.id, parseCertificate(old.pem), options));
    await record("undone");
    return `${step.id} was set back to ${short(old.sha256)}.`;
  }
  throw new RangeError("It cannot be taken back.");
}
