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
  readonly does: string;
  /** A POST that leaves nothing behind, and so may be repeated like a read. */
  readonly repeatable?: boolean | undefined;
  /** The permission that the credential needs. */
  readonly scope?: string | undefined;
  /** What the body of a request may hold, where that is documented. */
  readonly body?: WireTable | undefined;
}

/** Options of every call to a provider. */
export interface CallOptions {
  /** Ends the call at once; an ended call is never repeated. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, answer included. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for the whole call, waits between attempts included. */
  readonly deadlineMs?: number | undefined;
}
