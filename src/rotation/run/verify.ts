import type { StoreCapabilities, StoredCertificate } from "../../providers/store.ts";
import { short } from "../plan/refusals.ts";
import type { PlannedCertificate, RotationStep, VerifyStep } from "../types.ts";
import type { Outcome } from "./perform.ts";
import { type Run, stopped } from "./run.ts";
import { standing } from "./standing.ts";
import { readings, requireUnchanged } from "./unchanged.ts";
import { undo } from "./undo.ts";

/**
 * Reads the stored certificates and compares them with those that were sent. Certificates that the
 * provider stored wrongly are undone before the run stops.
 */
export async function verify(run: Run, step: VerifyStep): Promise<Outcome> {
  const { plan, ledger } = run.progress();
  const listed = await shown(run, step);
  const wrong: RotationStep[] = [];
  const faults: string[] = [];
  for (const entry of ledger.values()) {
    const item = listed.find(({ id }) => id === entry.id);
    if (!step.sha256s.includes(entry.sha256) || !item || !entry.certificate) continue;
    const fault = echoFault(item, entry.certificate, plan.capabilities);
    const writer = plan.steps.findLast(
      (other) => other.index < step.index && "sha256" in other && other.sha256 === entry.sha256,
    );
    if (!fault || !writer) continue;
    if (!wrong.includes(writer)) wrong.push(writer);
    faults.push(`${item.id} (${short(entry.sha256)}) ${fault}`);
  }
  if (wrong.length > 0) {
    const undone = await undo(run, wrong, { isRollback: false });
    throw stopped(run, "rotation.echo_mismatch", { faults: faults.join(", ") }, { undone });
  }
  await requireUnchanged(run);
  // Accepted is not in force: the identity provider must not switch yet.
  const isPending = standing(run).some(
    ({ sha256, pendingApproval }) => pendingApproval && step.sha256s.includes(sha256),
  );
  return isPending ? { waiting: { approval: true } } : {};
}

/** The first reading that shows all of them; the last reading if none does. */
async function shown(run: Run, step: VerifyStep): Promise<readonly StoredCertificate[]> {
  const written = [...run.progress().ledger.values()].filter(({ sha256 }) =>
    step.sha256s.includes(sha256),
  );
  let last: readonly StoredCertificate[] = [];
  for await (const listed of readings(run)) {
    last = listed;
    const ids = new Set(listed.map(({ id }) => id));
    if (written.every(({ id }) => ids.has(id))) break;
  }
  return last;
}

function echoFault(
  item: StoredCertificate,
  sent: PlannedCertificate,
  { observes }: StoreCapabilities,
): string | undefined {
  const sha256 = item.certificate?.fingerprint.sha256 ?? item.sha256;
  // Where the provider shows nothing, that the entry exists is all that can be verified.
  if (sha256 === undefined && observes !== "nothing") return "is not readable";
  if (sha256 !== undefined && sha256 !== sent.sha256) return "is another certificate";
  if (item.not_before !== undefined && item.not_before !== sent.notBefore) {
    return `begins at ${item.not_before} instead of ${sent.notBefore}`;
  }
  if (item.not_after !== undefined && item.not_after !== sent.notAfter) {
    return `ends at ${item.not_after} instead of ${sent.notAfter}`;
  }
  return undefined;
}
