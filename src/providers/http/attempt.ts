import { discard, readBody, TooLarge } from "./body.ts";
import { connectionFailure } from "./connection-failure.ts";
import { LONGEST_TIMER_MS } from "./numbers.ts";

export type Fetch = typeof globalThis.fetch;

/** How one attempt ended. */
export type AttemptResult =
  | { readonly kind: "answer"; readonly response: Response; readonly bytes: Uint8Array }
  | NoAnswer;

/** An attempt without a whole answer. */
export type NoAnswer =
  | { readonly kind: "aborted" | "timeout" | "too_large" }
  /** `unreachable` and `tls`: nothing was sent, so the request cannot have had an effect. */
  | { readonly kind: "unreachable" | "tls" | "network"; readonly reason: string };

export interface AttemptOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** False for a status whose body is dropped unread. Default: every body is read. */
  readonly reads?: (status: number) => boolean;
}

/**
 * Sends one request and reads its whole answer, within its own time. The time limit and the
 * caller's signal are joined by hand and afresh: nothing stays registered on a long-lived signal,
 * and a `fetch` that ignores its signal cannot delay the result.
 */
export async function attempt(
  fetch: Fetch,
  url: URL,
  init: RequestInit,
  { signal, timeoutMs, maxBytes, reads = () => true }: AttemptOptions,
): Promise<AttemptResult> {
  if (signal?.aborted === true) return { kind: "aborted" };
  const controller = new AbortController();
  let stop: (kind: "aborted" | "timeout") => void = () => undefined;
  const stopped = new Promise<AttemptResult>((resolve) => {
    stop = (kind) => {
      resolve({ kind });
      controller.abort();
    };
  });
  const onAbort = (): void => stop("aborted");
  const timer = setTimeout(() => stop("timeout"), Math.min(timeoutMs, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([exchange(), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }

  async function exchange(): Promise<AttemptResult> {
    try {
      const response = await fetch(url, { ...init, signal: controller.signal });
      if (controller.signal.aborted || !reads(response.status)) {
        discard(response.body);
        return { kind: "answer", response, bytes: new Uint8Array() };
      }
      return { kind: "answer", response, bytes: await readBody(response, maxBytes) };
    } catch (error) {
      // Frees the connection if the server has more to send.
      controller.abort();
      return error instanceof TooLarge ? { kind: "too_large" } : connectionFailure(error);
    }
  }
}
