import type { StoredCertificate } from "../../providers/store.ts";
import { storedSnapshot } from "../plan/usable.ts";
import type { PlannedCertificate, RotationPlan, RotationStep, StoredSnapshot } from "../types.ts";

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

/** The certificates that a plan carries, with which a fingerprint can be read. */
export function certificatesOf({ desired, before }: RotationPlan): readonly PlannedCertificate[] {
  return [...desired, ...before.flatMap(({ certificate }) => certificate ?? [])];
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
        written(plan, id ?? nameless(step.sha256), step.sha256, plan.policy.enabled ?? true),
      );
      break;
    case "replace":
      // Where the certificate is its own id, another one has another id.
      next.delete(step.id);
      next.set(id ?? step.id, written(plan, id ?? step.id, step.sha256, plan.policy.enabled));
      break;
    case "enable":
      next.set(step.id, written(plan, step.id, step.sha256, plan.policy.enabled));
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
  if (step.kind === "add" || step.kind === "replace") {
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
 * agree, otherwise the difference. A certificate that the plan added may have another id than the
 * ledger says: an equal copy of another run has taken its place.
 */
export function compare(
  ledger: Ledger,
  listed: readonly StoredCertificate[],
  plan: RotationPlan,
): { readonly agreed: Ledger } | { readonly difference: Difference } {
  const agreed = new Map<string, StoredSnapshot>();
  const changed: StoredSnapshot[] = [];
  const known = certificatesOf(plan);
  const found = listed.map((item) => storedSnapshot(item, known));
  const ids = new Set(found.map(({ id }) => id));
  const original = new Map(plan.before.map(({ id, sha256 }) => [id, sha256]));
  const isOriginal = ({ id, sha256 }: StoredSnapshot) => original.get(id) === sha256;
  /** Entries without their id in the list, whose certificate may be under another one. */
  const pending = [...ledger.values()].filter((item) => !ids.has(item.id) && !isOriginal(item));
  const unexpected = found.filter((item) => {
    const expected = ledger.get(item.id);
    const place = pending.findIndex((entry) => sameEntry(entry, item));
    if (expected && !sameEntry(expected, item)) changed.push(item);
    if (!expected && place < 0) return true;
    if (!expected) pending.splice(place, 1);
    agreed.set(item.id, item);
    return false;
  });
  const gone = [...ledger.values()].filter((item) => isOriginal(item) && !ids.has(item.id));
  const missing = [...gone, ...pending];
  const same = missing.length + unexpected.length + changed.length === 0;
  return same ? { agreed } : { difference: { missing, unexpected, changed } };
}

function sameEntry(a: StoredSnapshot, b: StoredSnapshot): boolean {
  if (a.sha256 !== b.sha256) return false;
  return a.enabled === undefined || b.enabled === undefined || a.enabled === b.enabled;
}

function written(
  plan: RotationPlan,
  id: string,
  sha256: string,
  enabled: boolean | undefined,
): StoredSnapshot {
  const certificate = plan.desired.find((item) => item.sha256 === sha256);
  return {
    id,
    sha256,
    ...(certificate && { certificate }),
    ...(enabled !== undefined && { enabled }),
  };
}
