import type { StoredCertificate } from "../../providers/store.ts";
import { storedSnapshot } from "../plan/usable.ts";
import type { RotationPlan, RotationStep, StoredSnapshot } from "../types.ts";

/** The certificates that should be stored, by id; see `nameless`. */
export type Ledger = ReadonlyMap<string, StoredSnapshot>;

/** No provider's id begins with this character. */
const NAMELESS = "\u0000";

/** Stands for the unknown id of an added certificate: the answer with the id was lost. */
function nameless(sha256: string): string {
  return `${NAMELESS}${sha256}`;
}

export function isNameless(id: string): boolean {
  return id.startsWith(NAMELESS);
}

/** How the stored certificates differ from the ledger. */
export interface Difference {
  readonly missing: readonly StoredSnapshot[];
  readonly unexpected: readonly StoredSnapshot[];
  readonly changed: readonly StoredSnapshot[];
}

export function ledgerOf(snapshots: readonly StoredSnapshot[]): Ledger {
  return new Map(snapshots.map((item) => [item.id, item]));
}

/** The ledger after a step. */
export function applyStep(
  ledger: Ledger,
  plan: RotationPlan,
  step: RotationStep,
  id?: string,
): Ledger {
  const next = new Map(ledger);
  switch (step.kind) {
    case "add":
      next.set(
        id ?? nameless(step.sha256),
        written(plan, id ?? nameless(step.sha256), step.sha256),
      );
      break;
    case "replace":
    case "enable":
      next.set(step.id, written(plan, step.id, step.sha256));
      break;
    case "retire":
      next.delete(step.id);
      break;
  }
  return next;
}

/** The ledger after a step was undone. `id` is that of the certificate that was added again. */
export function undoStep(
  ledger: Ledger,
  plan: RotationPlan,
  step: RotationStep,
  id?: string,
): Ledger {
  const next = new Map(ledger);
  if (step.kind === "add") {
    const entry = [...ledger.values()].findLast(({ sha256 }) => sha256 === step.sha256);
    next.delete(entry?.id ?? "");
  }
  if (step.kind !== "replace" && step.kind !== "retire") return next;
  const old = plan.before.find((item) => item.id === step.id);
  if (old && step.kind === "replace") next.set(old.id, old);
  if (old && step.kind === "retire") {
    const name = id ?? nameless(old.sha256);
    next.set(name, { ...old, id: name });
  }
  return next;
}

/**
 * Compares the ledger with the list of the store. Returns the ledger with every id filled in if they
 * agree, otherwise the difference.
 */
export function compare(
  ledger: Ledger,
  listed: readonly StoredCertificate[],
): { readonly agreed: Ledger } | { readonly difference: Difference } {
  const agreed = new Map<string, StoredSnapshot>();
  const unexpected: StoredSnapshot[] = [];
  const changed: StoredSnapshot[] = [];
  const pending = new Map([...ledger].filter(([id]) => isNameless(id)));

  for (const item of listed.map(storedSnapshot)) {
    const expected = ledger.get(item.id);
    const added = pending.get(nameless(item.sha256));
    if (expected) {
      if (!sameEntry(expected, item)) changed.push(item);
      agreed.set(item.id, item);
    } else if (added && sameEntry(added, item)) {
      pending.delete(nameless(item.sha256));
      agreed.set(item.id, item);
    } else {
      unexpected.push(item);
    }
  }
  const missing = [...ledger.values()].filter(({ id }) =>
    isNameless(id) ? pending.has(id) : !agreed.has(id),
  );
  const same = missing.length + unexpected.length + changed.length === 0;
  return same ? { agreed } : { difference: { missing, unexpected, changed } };
}

function sameEntry(a: StoredSnapshot, b: StoredSnapshot): boolean {
  if (a.sha256 !== b.sha256) return false;
  return a.enabled === undefined || b.enabled === undefined || a.enabled === b.enabled;
}

function written(plan: RotationPlan, id: string, sha256: string): StoredSnapshot {
  const { enabled } = plan.policy;
  const certificate = plan.desired.find((item) => item.sha256 === sha256);
  return {
    id,
    sha256,
    ...(certificate && { certificate }),
    ...(enabled !== undefined && { enabled }),
  };
}
