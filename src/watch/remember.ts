import { SECONDS_PER_DAY } from "../core/time.ts";
import { appeared, eventsBetween, vanished } from "./events.ts";
import type { LookContext, Seen } from "./source.ts";
import type { ConnectionRecord, KeptCertificate, WatchState } from "./state.ts";
import { errorOfCode } from "./told.ts";
import type { CertificateStatus, WatchEvent } from "./types.ts";

/** One connection of this run, with what the state adds. */
export interface Remembered {
  readonly seen: Seen;
  readonly events: readonly WatchEvent[];
  readonly since?: number | undefined;
  readonly lastSuccessAt?: number | undefined;
}

/** The connections of a source; all of them, unless the source could not be read. */
export interface Look {
  readonly all: readonly Seen[];
  readonly isWhole: boolean;
}

/** Upper bound on the events that wait to be told, for each connection. */
const MAX_UNTOLD = 50;

/**
 * Compares what a source has with the last run, and keeps it for the next one. A connection that is gone
 * from its source is told once, and then forgotten.
 */
export function remember(
  state: WatchState,
  sourceId: string,
  { all, isWhole }: Look,
  context: LookContext,
): readonly Remembered[] {
  const before = state.get(sourceId);
  const isKnown = Object.keys(before).length > 0;
  const after: Record<string, ConnectionRecord> = {};
  const found = all.map((seen) => {
    const old = before[seen.id];
    const news = eventsBetween(seen.id, old, seen, context.now);
    // On the first look at a source everything would be new.
    const isNew = isKnown && old === undefined && !seen.isFailed;
    const first = isNew ? [appeared(seen.id, seen.name ?? seen.id, context.now)] : [];
    return kept(after, old, seen, [...(old?.untold ?? []), ...first, ...news], context);
  });
  const rest = Object.entries(before).filter(([id]) => !Object.hasOwn(after, id));
  // A failed look says nothing about the other connections.
  if (!isWhole) Object.assign(after, Object.fromEntries(rest));
  const gone = rest.filter(([, record]) => isWhole || record.isGone === true);
  const last = gone.map(([id, record]) => farewell(after, id, record, context));
  state.set(sourceId, after);
  return [...found, ...last];
}

function kept(
  after: Record<string, ConnectionRecord>,
  old: ConnectionRecord | undefined,
  seen: Seen,
  events: readonly WatchEvent[],
  { now, expiringDays }: LookContext,
): Remembered {
  const since = old?.state === seen.state ? old.since : now;
  const lastSuccessAt = seen.isFailed ? old?.lastSuccessAt : now;
  const certificates = seen.isFailed
    ? (old?.certificates ?? []).map((one) => aged(one, now, expiringDays))
    : seen.certificates;
  const untold = events.slice(-MAX_UNTOLD);
  after[seen.id] = {
    ...{ state: seen.state, since, seenAt: now },
    ...(lastSuccessAt !== undefined && { lastSuccessAt }),
    ...((certificates.length > 0 || !seen.isFailed) && { certificates: certificates.map(keptOf) }),
    ...entityKept(old, seen),
    ...(untold.length > 0 && { untold }),
  };
  return {
    seen: { ...seen, certificates },
    events: untold,
    since,
    ...(lastSuccessAt !== undefined && { lastSuccessAt }),
  };
}

function entityKept(old: ConnectionRecord | undefined, { entity }: Seen) {
  const text = entity ?? old?.entity;
  return text === undefined ? {} : { entity: text };
}

/** The last status of a connection that is gone. Its record stays until that was told. */
function farewell(
  after: Record<string, ConnectionRecord>,
  id: string,
  record: ConnectionRecord,
  { now, expiringDays }: LookContext,
): Remembered {
  const { untold = [], isGone, since, certificates = [] } = record;
  const events = isGone ? untold : [...untold, vanished(id, id, now)];
  const goneSince = isGone ? since : now;
  after[id] = { ...record, since: goneSince, isGone: true, untold: events };
  const last = certificates.map((one) => aged(one, now, expiringDays));
  const errors = [errorOfCode("watch.vanished", { connection: id })];
  const seen: Seen = { id, state: "unreachable", certificates: last, errors, isFailed: true };
  return { seen, events, since: goneSince };
}

function keptOf({
  state: _s,
  daysLeft: _d,
  publication: _p,
  ...certificate
}: CertificateStatus): KeptCertificate {
  return certificate;
}

/** `99991231235959Z`: no expiration date (RFC 5280, 4.1.2.5). */
const NO_EXPIRY = 253_402_300_799;

/** A kept certificate at another time. */
function aged(one: KeptCertificate, now: number, expiringDays: number): CertificateStatus {
  const { notBefore = 0, notAfter } = one;
  if (notAfter === NO_EXPIRY) return { ...one, state: "active" };
  if (notAfter === undefined) return { ...one, state: "unreadable" };
  const daysLeft = Math.floor((notAfter - now) / SECONDS_PER_DAY);
  const living = daysLeft < expiringDays ? "expiring" : "active";
  const begun = now < notBefore ? "pending" : living;
  return { ...one, state: notAfter < now ? "expired" : begun, daysLeft };
}
