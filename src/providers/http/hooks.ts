/** One attempt of a call, as the hooks see it: without headers, query, body and credentials. */
export interface RequestEvent {
  readonly provider: string;
  /** Such as `certificates.create`. */
  readonly operation: string;
  readonly method: string;
  /** Path with its parameters unfilled, such as `/v3/sso/certificates/{cert_id}`. */
  readonly route: string;
  /** Origin and path. */
  readonly url: string;
  /** Counts from 1. */
  readonly attempt: number;
}

/** How an attempt ended. */
export interface ResponseEvent {
  /** The same object that `onRequest` was given. */
  readonly request: RequestEvent;
  /** Absent if there was no answer. */
  readonly status?: number | undefined;
  /** The code of the error, such as `provider.timeout`, if the attempt failed. */
  readonly error?: string | undefined;
  readonly requestId?: string | undefined;
  readonly durationMs: number;
}

/** An attempt failed and will be repeated. */
export interface RetryEvent {
  readonly request: RequestEvent;
  /** The code of the error that the attempt ended with. */
  readonly error: string;
  readonly delayMs: number;
}

/**
 * The events that a caller can observe. Each attempt calls `onRequest` once and then `onResponse` once, also
 * where it ended without an answer. What a hook throws is dropped: watching never changes a call.
 */
export interface Hooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** Calls a hook; neither its exception nor its rejected promise reaches the call. */
export function notify<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  if (hook === undefined) return;
  try {
    const result: unknown = hook(event);
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // Documented: watching never changes a call.
  }
}
