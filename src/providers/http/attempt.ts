import { readBody, TooLarge } from "./body.ts";
import { LONGEST_TIMER_MS } from "./numbers.ts";

export type Fetch = typeof globalThis.fetch;

/** How one attempt ended. */
export type AttemptResult =
  | { readonly kind: "answer"; readonly response: Response; readonly bytes: Uint8Array }
  | { readonly kind: "aborted" | "timeout" | "too_large" }
  /** `unsent`: the connection was never made, so the request cannot have had an effect. */
  | { readonly kind: "network"; readonly unsent: boolean; readonly reason: string };

export interface AttemptOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
}

const CONNECTING = new Set(["connect", "getaddrinfo"]);
const UNSENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Only the system's code is taken from a foreign error: its message may repeat a header. */
function networkFailure(error: unknown): AttemptResult {
  let current = error as SystemError | undefined;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth++) {
    const { code, syscall } = current;
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) {
      const unsent = UNSENT.has(code) || CONNECTING.has(String(syscall)) || isTlsRefusal(code);
      return { kind: "network", unsent, reason: code };
    }
    current = current.cause as SystemError | undefined;
  }
  return { kind: "network", unsent: false, reason: "the connection broke" };
}

/** This side refused the server's certificate, before anything was sent. */
export function isTlsRefusal(code: string): boolean {
  return /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code);
}

/**
 * Sends one request and reads its whole answer, within its own time. The time limit and the
 * caller's signal are joined by hand and afresh: nothing stays registered on a long-lived signal,
 * and a `fetch` that ignores its signal is left behind all the same.
 */
export async function attempt(
  fetch: Fetch,
  url: URL,
  init: RequestInit,
  { signal, timeoutMs, maxBytes }: AttemptOptions,
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
      if (controller.signal.aborted) await response.body?.cancel();
      return { kind: "answer", response, bytes: await readBody(response, maxBytes) };
    } catch (error) {
      // Lets go of a connection that has more to say.
      controller.abort();
      return error instanceof TooLarge ? { kind: "too_large" } : networkFailure(error);
    }
  }
}
