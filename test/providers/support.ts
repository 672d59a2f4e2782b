import type { ProviderError } from "../../src/providers/error.ts";
import type { TimingOptions } from "../../src/providers/http/clock.ts";
import type { RequestEvent, ResponseEvent, RetryEvent } from "../../src/providers/http/hooks.ts";

/** Time that passes only during a sleep, and a random number that is always the highest. */
export interface FakeClock {
  readonly options: Required<TimingOptions>;
  readonly slept: number[];
  /** Unix milliseconds. */
  now(): number;
  pass(milliseconds: number): void;
}

export function fakeClock(start: number = Date.UTC(2031, 6, 9)): FakeClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    options: {
      clock: () => new Date(now),
      random: () => 1,
      async sleep(milliseconds) {
        slept.push(milliseconds);
        now += milliseconds;
      },
    },
  };
}

export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Step = Response | Error | ((sent: Sent, init: RequestInit) => Response | Promise<Response>);

/** A `fetch` that gives the next of these answers; the last one for ever. */
export function scripted(...steps: Step[]): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init = {}) => {
      const text = typeof init.body === "string" ? init.body : undefined;
      const one: Sent = {
        url: String(input),
        method: init.method ?? "GET",
        headers: new Headers(init.headers),
        body: text,
      };
      const step = steps[Math.min(sent.length, steps.length - 1)];
      sent.push(one);
      if (step instanceof Error) throw step;
      if (typeof step === "function") return await step(one, init);
      return (step as Response).clone();
    },
  };
}

export function answer(
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): Response {
  const empty = [204, 205, 304].includes(status) || body === undefined;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(empty ? null : text, { status, headers });
}

/** An error as the system throws it when a connection fails. */
export function networkError(code: string, syscall?: string): Error {
  const cause = Object.assign(new Error(code), { code, syscall });
  return Object.assign(new TypeError("fetch failed"), { cause });
}

/** The error that a promise rejects with; fails if it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<ProviderError> {
  try {
    await promise;
  } catch (error) {
    return error as ProviderError;
  }
  throw new Error("it did not reject");
}

export interface Watched {
  readonly requests: RequestEvent[];
  readonly responses: ResponseEvent[];
  readonly retries: RetryEvent[];
}

export function watch(): Watched & {
  onRequest(event: RequestEvent): void;
  onResponse(event: ResponseEvent): void;
  onRetry(event: RetryEvent): void;
} {
  const requests: RequestEvent[] = [];
  const responses: ResponseEvent[] = [];
  const retries: RetryEvent[] = [];
  const seen = {
    onRequest: (event: RequestEvent) => void requests.push(event),
    onResponse: (event: ResponseEvent) => void responses.push(event),
    onRetry: (event: RetryEvent) => void retries.push(event),
  };
  // Not enumerable: a spread into a client's options copies the hooks alone.
  return Object.defineProperties(seen, {
    requests: { value: requests },
    responses: { value: responses },
    retries: { value: retries },
  }) as typeof seen & Watched;
}

/** SendGrid's own error body, without which a 404 proves nothing. */
export const NOT_FOUND: readonly object[] = [{ message: "not found", field: null, error_id: "1" }];
