import type { SendGridQuirks } from "./types.ts";

/** The result for a request: the headers of its answer, and if it is refused. */
export interface Limited {
  readonly headers: Readonly<Record<string, string>>;
  readonly exceeded: boolean;
}

/** Fixed windows, one an operation (how-to-use-the-sendgrid-v3-api/rate-limits). */
export function createRateLimit(
  { rateLimit, rateLimitReset }: SendGridQuirks,
  now: () => number,
): (operation: string) => Limited {
  if (rateLimit === undefined) return () => ({ headers: {}, exceeded: false });
  const { limit, windowSeconds } = rateLimit;
  const windows = new Map<string, { start: number; used: number }>();
  return (operation) => {
    const start = Math.floor(now() / windowSeconds) * windowSeconds;
    const known = windows.get(operation);
    const window = known?.start === start ? known : { start, used: 0 };
    windows.set(operation, window);
    window.used += 1;
    const reset = rateLimitReset === "past" ? start - 60 : start + windowSeconds;
    return {
      exceeded: window.used > limit,
      headers: {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(Math.max(0, limit - window.used)),
        ...(rateLimitReset === "absent" ? {} : { "x-ratelimit-reset": String(reset) }),
      },
    };
  };
}
