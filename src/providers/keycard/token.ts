import type { Clock } from "../http/clock.ts";
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
  /** Forgets a token that was refused, unless another one has taken its place. */
  forget(token: string): void;
}

interface Cached {
  readonly token: string;
  /** Unix milliseconds from which it is not used any more. */
  readonly until: number;
}

interface TokenBody {
  readonly access_token?: string | undefined;
  readonly expires_in?: number | undefined;
}

/** A token is replaced so long before its end, or in the last tenth of a short life. */
const SKEW_MS = 60_000;

function lifetime(expiresIn: number | undefined): number {
  // RFC 6749, 5.1: only recommended; without it, the token is used until it is refused.
  if (expiresIn === undefined) return Number.POSITIVE_INFINITY;
  const whole = Math.max(0, expiresIn * 1000);
  return whole - Math.min(SKEW_MS, whole / 10);
}

export interface TokenSetup {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly scrubber: Scrubber;
  readonly strict: boolean;
}

/** Waits for what others wait for too, without ending it for them. */
async function waitFor<T>(
  shared: Promise<T>,
  { signal, deadlineMs = LONGEST_TIMER_MS }: CallOptions,
): Promise<T> {
  let end: (kind: "aborted" | "timeout") => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = (kind) => {
      const failure = silence(identity, tokenOperation, { kind });
      reject(toError(identity, tokenOperation, failure, { attempts: 0, doubt: false }));
    };
  });
  const onAbort = (): void => end("aborted");
  const timer = setTimeout(() => end("timeout"), Math.min(deadlineMs, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([shared, ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

export function createTokenSource({ transport, clock, scrubber, strict }: TokenSetup): TokenSource {
  let cached: Cached | undefined;
  let pending: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    const asked = clock.now();
    const answer = await transport.call(tokenOperation, {
      form: { grant_type: "client_credentials" },
    });
    const decoding = { identity, operation: tokenOperation, strict };
    const { access_token, expires_in } = decodeObject<TokenBody>(tokenWire, answer, decoding);
    if (!isHeaderSafe(access_token)) throw unreadable("without a usable token", answer, decoding);
    scrubber.add(access_token);
    cached = { token: access_token, until: asked + lifetime(expires_in) };
    return access_token;
  }

  return {
    async token(options) {
      if (cached !== undefined && clock.now() < cached.until) return cached.token;
      // One flight for all who wait; landed, it is forgotten, so that a failure is not remembered.
      pending ??= fetchToken().finally(() => {
        pending = undefined;
      });
      return await waitFor(pending, options);
    },
    forget(token) {
      if (cached?.token === token) cached = undefined;
    },
  };
}
