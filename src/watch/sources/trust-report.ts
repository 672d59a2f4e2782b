import { isObject, isText } from "../../core/argument.ts";
import { isInstant, SECONDS_PER_DAY, unixSeconds } from "../../core/time.ts";
import type { KeySummary, TrustReport } from "../../trusted-keys/index.ts";
import { lifeOf } from "../life.ts";
import type { LookContext, Seen } from "../source.ts";
import type { CertificateStatus, ConnectionState } from "../types.ts";

/** True for a `TrustReport`, perhaps parsed from JSON. */
export function isTrustReport(value: unknown): value is TrustReport {
  if (!isObject(value)) return false;
  const { entityId, state, keys, staged } = value as Partial<TrustReport>;
  const lists: readonly unknown[] = [keys, staged];
  return (
    [entityId, state].every(isText) &&
    lists.every((list) => Array.isArray(list) && list.every(isKeySummary))
  );
}

function isKeySummary(value: unknown): boolean {
  const { sha256, subject, notAfter } = Object(value) as Partial<KeySummary>;
  return isText(sha256) && isText(subject) && isText(notAfter) && isInstant(notAfter);
}

/** The trusted keys of a report as a connection. */
export function seenTrustReport(
  id: string,
  report: TrustReport,
  { now, expiringDays }: LookContext,
): Seen {
  const certificates = report.keys.map((key) => keyStatus(key, now, expiringDays));
  const [staged] = report.staged;
  const { entityId, lastFailure } = report;
  const state = stateOf(report, certificates);
  const isBehind = report.state !== "fresh" && lastFailure !== undefined;
  const code = lastFailure?.code ?? "watch.read_failed";
  return {
    id,
    kind: "trusted_keys",
    name: entityId,
    entityId,
    state,
    certificates,
    ...(staged && { planned: { kind: "switch", sha256: staged.sha256 } }),
    ...(isBehind && { errors: [{ code, message: lastFailure.message }] }),
  };
}

function stateOf(
  { state, staged }: TrustReport,
  certificates: readonly CertificateStatus[],
): ConnectionState {
  if (state === "none" || state === "expired") return "down";
  const life = lifeOf(certificates);
  if (life === "down") return life;
  if (state === "stale") return "stale";
  if (life === "expiring") return life;
  return staged.length > 0 ? "unconfirmed" : "active";
}

function keyStatus(
  { sha256, subject, notAfter }: KeySummary,
  now: number,
  expiringDays: number,
): CertificateStatus {
  const end = unixSeconds(notAfter);
  const daysLeft = Math.floor((end - now) / SECONDS_PER_DAY);
  const living = daysLeft < expiringDays ? "expiring" : "active";
  const state = end < now ? "expired" : living;
  return { id: sha256, state, sha256, subject, notAfter: end, daysLeft, use: "signing" };
}
