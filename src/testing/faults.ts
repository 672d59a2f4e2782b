/**
 * A fault of one request. The parts combine: `{ delayMs: 50, status: 503 }`.
 *
 * - `delayMs`: waits before the answer, after the effect.
 * - `cut`: the connection breaks: `before` the request has its effect, or `after` it.
 * - `status`, `headers`, `body`: answers this. The request has no effect, unless `effect` is true.
 * - `malformed`: the request has its effect, and the JSON of the answer is cut.
 */
export interface Fault {
  readonly delayMs?: number | undefined;
  readonly cut?: "before" | "after" | undefined;
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly effect?: boolean | undefined;
  readonly malformed?: boolean | undefined;
}

/** One request to a fake server. */
export interface FakeRequest {
  /** Counts from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Such as `certificates.create`; absent if no operation has this method and path. */
  readonly operation?: string | undefined;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** As they came, except for credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the form's fields; undefined without a body. */
  readonly body?: unknown;
}

/** The requests that a fault applies to. Every given condition must match. */
export interface FaultMatch {
  /** The number of the request. */
  readonly at?: number | undefined;
  readonly method?: string | undefined;
  readonly operation?: string | undefined;
  /** The number of requests that it applies to. Default 1. */
  readonly times?: number | undefined;
}

/** Faults that wait for their requests. */
export interface FaultQueue {
  add(fault: Fault, match?: FaultMatch): void;
  clear(): void;
  /** The fault of a request, which uses it up. */
  take(request: FakeRequest): Fault | undefined;
}

function matches({ at, method, operation }: FaultMatch, request: FakeRequest): boolean {
  return (
    (at === undefined || at === request.number) &&
    (method === undefined || method === request.method) &&
    (operation === undefined || operation === request.operation)
  );
}

export function createFaultQueue(): FaultQueue {
  let waiting: { fault: Fault; match: FaultMatch; left: number }[] = [];
  return {
    add(fault, match = {}) {
      waiting.push({ fault, match, left: match.times ?? 1 });
    },
    clear() {
      waiting = [];
    },
    take(request) {
      const entry = waiting.find(({ match }) => matches(match, request));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) waiting.splice(waiting.indexOf(entry), 1);
      return entry.fault;
    },
  };
}
