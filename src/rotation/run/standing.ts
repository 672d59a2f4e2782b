import { isoTime } from "../../core/time.ts";
import { refusal } from "../plan/guards.ts";
import { short } from "../plan/refusals.ts";
import { maybeUsable, storedSnapshot, usable } from "../plan/usable.ts";
import type { PlannedCertificate, StoredSnapshot } from "../types.ts";
import { certificatesOf } from "./ledger.ts";
import { guard, type Run } from "./run.ts";

/** The stored certificates: as last read, otherwise as the ledger expects them. */
export function standing(run: Run): readonly StoredSnapshot[] {
  const { ledger, plan } = run.progress();
  const known = certificatesOf(plan);
  return run.reading()?.map((item) => storedSnapshot(item, known)) ?? [...ledger.values()];
}

/** Requires that a usable certificate remains now, whatever the plan predicted. */
export function requireUsableAfter(run: Run, id: string, successor?: PlannedCertificate): void {
  const { plan } = run.progress();
  const honours = plan.capabilities.honoursExpiry;
  const now = run.now();
  const all = standing(run);
  const item = all.find((other) => other.id === id);
  if (!item || !maybeUsable(item, now, plan.capabilities)) return;
  const rest = all.filter((other) => other.id !== id);
  if (successor) rest.push({ id, sha256: successor.sha256, certificate: successor });
  if (rest.some((other) => usable(other, now, honours))) return;
  const values = { certificate: short(item.sha256), time: isoTime(now) };
  guard(run, [refusal("guard.last_usable_certificate", values, item.sha256)]);
}
