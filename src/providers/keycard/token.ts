import type { Timing } from "../http/clock.ts";
import { decodeObject, unreadable } from "../http/decode.ts";
import { silence, toError } from "../http/failure.ts";
import { LONGEST_TIMER_MS } from "../http/numbers.ts";
import type { CallOptions } from "../http/operation.ts";
import { isHeaderSafe, type Scrubber } from "../http/secrets.ts";
import type { Transport } from "../http/transport.ts";
import { identity, tokenOperation } from "./operations.ts";
import { tokenWire } from "./wire.ts";

/** The access token of a service account, fetched when it is needed and kept while it lives. */
export interface TokenSource {
  token(options: CallOptions): Promise<string>;
  /** Forgets a token that was refused, unless another one has replaced it. */
  forget(token: string): void;
}

interface Cached {
  readonly token: string;
  /** Unix milliseconds after which it is not used. */
  readonly until: number;
}

/** A token is renewed this long before its expiry, or in the last tenth of a shorter lifetime. */
const SKEW_MS = 60_000;

function lifetime(expiresIn: number | undefined): number {
  // RFC 6749, 5.1: only recommended; without it, the token is used until it is refused.
  if (expiresIn === undefined) return Number.POSITIVE_INFINITY;
  const whole = Math.max(0, expiresIn * 1000);
  return whole - Math.min(SKEW_MS, whole / 10);
}

export interface TokenSetup {
  readonly transport: Transport;
  readonly clock: Timing;
  /** The host of the token endpoint. */
  readonly host: string;
  readonly scrubber: Scrubber;
  readonly strict: boolean;
}

/** Waits for a shared promise; the end of this wait does not end it for the others. */
async function waitFor<T>(
  shared: Promise<T>,
  host: string,
  { signal, totalTimeoutMs = LONGEST_TIMER_MS }: CallOptions,
): Promise<T> {
  let end: (kind: "aborted" | "timeout") => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = (kind) => {
      const failure = silence(identity, tokenOperation, host, { kind });
      reject(toError(identity, tokenOperation, failure, { attempts: 0, doubt: false }));
    };
  });
  const onAbort = (): void => end("aborted");
  const timer = setTimeout(() => end("timeout"), Math.min(totalTimeoutMs, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([shared, ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

export function createTokenSource(setup: TokenSetup): TokenSource {
  const { transport, clock, scrubber, strict, host } = setup;
  let cached: Cached | undefined;
  let pending: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    const asked = clock.now();
    const answer = await transport.call(tokenOperation, {
      form: { grant_type: "client_credentials" },
    });
    const decoding = { identity, operation: tokenOperation, strict };
    const { access_token, expires_in } = decodeObject(tokenWire, answer, decoding);
    if (!isHeaderSafe(access_token)) throw unreadable("without a usable token", answer, decoding);
    scrubber.add(access_token);
    cached = { token: access_token, until: asked + lifetime(expires_in) };
    return access_token;
  }

  return {
    async token(options) {
      if (cached !== undefined && clock.now() < cached.until) return cached.token;
      // Single flight: forgotten once settled, so that a failure is not cached.
      pending ??= fetchToken().finally(() => {
        pending = undefined;
      });
      return await waitFor(pending, host, options);
    },
    forget(token) {
      if (cached?.token === token) cached = undefined;
    },
  };
}
