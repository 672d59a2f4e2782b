import { rateLimitReset } from "./retry.ts";

/** A client-side rate limit, from the remaining requests that the provider announces per operation. */
export interface Throttle {
  /** Takes one request from the bucket, or gives the milliseconds until there may be one. */
  take(operation: string, now: number): number;
  learn(operation: string, headers: Headers, now: number): void;
}

interface Bucket {
  remaining: number;
  readonly resetAt: number;
}

/** One bucket per operation, so their number is bounded. */
export function createThrottle(): Throttle {
  const buckets = new Map<string, Bucket>();
  return {
    take(operation, now) {
      const bucket = buckets.get(operation);
      if (bucket === undefined) return 0;
      if (now >= bucket.resetAt) {
        buckets.delete(operation);
        return 0;
      }
      if (bucket.remaining <= 0) return bucket.resetAt - now;
      bucket.remaining -= 1;
      return 0;
    },
    learn(operation, headers, now) {
      const text = (
        headers.get("x-ratelimit-remaining") ??
        headers.get("ratelimit-remaining") ??
        ""
      ).trim();
      const reset = rateLimitReset(headers, now);
      if (!/^\d{1,12}$/.test(text) || reset === undefined) return;
      const known = buckets.get(operation);
      const resetAt = now + reset;
      // Answers to requests in flight together arrive in any order: the lowest count of a
      // window is right. A reset has whole seconds, hence the tolerance.
      const same = known !== undefined && Math.abs(known.resetAt - resetAt) < 1500;
      const remaining = same ? Math.min(known.remaining, Number(text)) : Number(text);
      buckets.set(operation, { remaining, resetAt: same ? known.resetAt : resetAt });
    },
  };
}
