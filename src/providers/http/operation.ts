import type { WireTable } from "./wire.ts";

/** One operation of a provider's API: a row of its table. */
export interface Operation {
  /** The method of the client that performs it, such as `certificates.create`. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path with `{name}` for each parameter, as in the provider's documentation. */
  readonly route: string;
  /** The documented status of success. */
  readonly success: number;
  /** Completes the sentence "SendGrid refused to ...". */
  readonly task: string;
  /** A POST that stores nothing, and so may be repeated like a read. */
  readonly repeatable?: boolean | undefined;
  /** The permission that the credential needs. */
  readonly scope?: string | undefined;
  /** The documented fields of the request's body. */
  readonly body?: WireTable | undefined;
}

/** Options of every call to a provider. */
export interface CallOptions {
  /** Ends the call at once; an ended call is never repeated. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, answer included. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for the whole call, waits between attempts included. Default: the client's. */
  readonly totalTimeoutMs?: number | undefined;
}
