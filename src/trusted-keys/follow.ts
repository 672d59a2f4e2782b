// Not the globals: Deno's give numbers, which have no unref.
import { clearTimeout, setTimeout } from "node:timers";
import { isoTime } from "../core/time.ts";
import { LONGEST_TIMER_MS } from "../providers/http/numbers.ts";
import { keysError } from "./error.ts";
import type { TrustedKeySet } from "./key-set.ts";
import { readOnce } from "./read.ts";
import { summaryOf, type TrustReport, type TrustState } from "./report.ts";
import { type Followed, isUsable, type Settings, trustedUntil, type Urgency } from "./state.ts";
import { restore } from "./store.ts";

/** Single flight: whoever asks meanwhile waits for the same read. */
export function read(
  settings: Settings,
  followed: Followed,
  urgency: Urgency = "waiting",
): Promise<void> {
  if (followed.isClosed) return Promise.resolve();
  const lane = followed.failures > 0 ? "failing" : urgency;
  followed.flight ??= start(settings, followed)
    .then(() => settings.queue(lane, () => readOnce(settings, followed)))
    .finally(() => {
      followed.flight = undefined;
      schedule(settings, followed);
    });
  return followed.flight;
}

/** Reads the cache, once, and watches the source. */
function start(settings: Settings, followed: Followed): Promise<void> {
  followed.started ??= restore(settings, followed).then(() => {
    if (followed.isClosed) return;
    followed.unwatch = followed.source.watch?.(() => void read(settings, followed, "scheduled"));
  });
  return followed.started;
}

function schedule(settings: Settings, followed: Followed): void {
  clearTimeout(followed.timer);
  if (followed.isClosed) return;
  const wait = Math.max(0, followed.nextReadAt - settings.clock().getTime());
  followed.timer = setTimeout(
    () => void read(settings, followed, "scheduled"),
    Math.min(wait, LONGEST_TIMER_MS),
  );
  followed.timer.unref();
}

/** The clock is past the next read, or was set back: then the time of the next read means nothing. */
function isDue({ nextReadAt, attemptedAt }: Followed, milliseconds: number): boolean {
  return milliseconds >= nextReadAt || milliseconds < attemptedAt;
}

export function current(settings: Settings, followed: Followed): TrustedKeySet {
  // A timer may be late: the machine was suspended, or the function was frozen between requests.
  const milliseconds = settings.clock().getTime();
  if (followed.flight === undefined && isDue(followed, milliseconds)) void read(settings, followed);
  const { trusted, entityId } = followed;
  if (trusted === undefined) throw keysError("trusted_keys.none", { entityId });
  if (isUsable(settings, followed, milliseconds)) return trusted.view;
  const until = isoTime(trustedUntil(settings, trusted) ?? 0);
  throw keysError("trusted_keys.expired", { entityId, until });
}

/** Reads, or joins the read in progress; but strangers cannot cause one read after another. */
export async function readGuarded(settings: Settings, followed: Followed): Promise<void> {
  const waited = settings.clock().getTime() - followed.attemptedAt;
  const isFree = waited < 0 || waited >= settings.refresh.unknownKeySeconds * 1000;
  if (followed.flight !== undefined || isFree) await read(settings, followed);
}

/** The keys to trust now, after the cache or the first read if there are none yet. */
export async function usable(settings: Settings, followed: Followed): Promise<TrustedKeySet> {
  if (!isUsable(settings, followed)) await start(settings, followed);
  if (!isUsable(settings, followed)) await readGuarded(settings, followed);
  return current(settings, followed);
}

function stateOf(settings: Settings, followed: Followed): TrustState {
  if (followed.trusted === undefined) return "none";
  if (!isUsable(settings, followed)) return "expired";
  return followed.lastFailure === undefined && !followed.cached ? "fresh" : "stale";
}

export function reportOf(settings: Settings, followed: Followed): TrustReport {
  const { trusted, nextReadAt, signIns, entityId, staged, cached, lastFailure } = followed;
  const time = (seconds: number | undefined): string | undefined =>
    seconds === undefined ? undefined : isoTime(Math.floor(seconds));
  const keys = (trusted?.keys ?? []).map((key) => {
    const lastSignInAt = time(signIns?.get(key.sha256));
    return { ...summaryOf(key), ...(lastSignInAt !== undefined && { lastSignInAt }) };
  });
  return {
    entityId,
    state: stateOf(settings, followed),
    keys,
    staged,
    from: trusted?.view.from,
    signature: trusted?.view.signature,
    cached,
    readAt: time(trusted?.view.readAt),
    validUntil: time(trusted?.view.validUntil),
    nextReadAt: Number.isFinite(nextReadAt) ? time(nextReadAt / 1000) : undefined,
    lastFailure,
  };
}
