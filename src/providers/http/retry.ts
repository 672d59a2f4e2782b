import type { Failure } from "./failure.ts";
import type { Operation } from "./operation.ts";

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;

/** Full jitter: anything between nothing and the exponential cap, so that clients spread out. */
export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
}

/** Milliseconds until a time of the server's clock, whose present is its `Date` header. */
function untilServerTime(target: number, headers: Headers, now: number): number {
  const date = Date.parse(headers.get("date") ?? "");
  return Math.max(0, target - (Number.isNaN(date) ? now : date));
}

/** Below this, a reset is a number of seconds to wait, not a point in time (2001-09-09). */
const EARLIEST_UNIX_MS = 1_000_000_000_000;

/** One hour: a longer wait is a number in another unit, or wrong. */
const LONGEST_WINDOW_MS = 3_600_000;

/** Milliseconds until `X-RateLimit-Reset`; undefined if it is absent, unreadable or past. */
export function rateLimitReset(headers: Headers, now: number): number | undefined {
  const text = headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset") ?? "";
  if (!/^\d{1,12}$/.test(text.trim())) return undefined;
  const value = Number(text) * 1000;
  const relative = value < EARLIEST_UNIX_MS;
  const wait = relative ? value : untilServerTime(value, headers, now);
  return wait > 0 && wait <= LONGEST_WINDOW_MS ? wait : undefined;
}

/** Milliseconds that `Retry-After` asks for: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const text = (headers.get("retry-after") ?? "").trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // A date is never a bare word or number: Date.parse takes both.
  const date = /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : untilServerTime(date, headers, now);
}

/**
 * True if the same request may be sent again. A POST is repeated only if the provider cannot have
 * acted on the first; every other method is idempotent.
 */
export function mayRepeat(operation: Operation, { retryable, untouched }: Failure): boolean {
  const harmless = operation.method !== "POST" || operation.repeatable === true;
  return retryable && (harmless || untouched);
}
