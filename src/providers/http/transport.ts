import { CALL_KINDS, callOptions } from "./argument.ts";
import type { Fetch } from "./attempt.ts";
import { type TimingOptions, timingOf } from "./clock.ts";
import { bodyText, type Content, formContent } from "./content.ts";
import { type ExchangeSetup, exchange, isFailure, type Success } from "./exchange.ts";
import { type Failure, inDoubtNow, type ProviderIdentity, silence, toError } from "./failure.ts";
import { type Hooks, notify, type RequestEvent } from "./hooks.ts";
import type { CallOptions, Operation } from "./operation.ts";
import { callUrl, fillRoute, type Query, type RouteParameters } from "./origin.ts";
import { backoff, mayRepeat } from "./retry.ts";
import { type Scrubber, secretsIn } from "./secrets.ts";
import { sendOnce } from "./send-once.ts";
import { createThrottle } from "./throttle.ts";

/** Keeps a limit of requests, such as one that several processes share. */
export interface RequestLimiter {
  /** Resolves once a request may be sent, with the function to call after its answer. */
  take(options: { readonly signal?: AbortSignal | undefined }): Promise<() => void>;
}

/** Options of every client. */
export interface TransportOptions extends Hooks, TimingOptions {
  /** Used instead of the global `fetch`. It receives the credentials. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds for one attempt, answer included. Default 15 000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for a whole call, waits between attempts included. Default 60 000. */
  readonly totalTimeoutMs?: number | undefined;
  /** How often a request is repeated after a temporary failure. Default 3. */
  readonly maxRetries?: number | undefined;
  /** The size limit of an answer, decompressed. Default 4 MiB. */
  readonly maxBytes?: number | undefined;
  /** Asked before each attempt. The wait for it counts as no time of the call. */
  readonly limiter?: RequestLimiter | undefined;
}

/** The configuration of a provider's transport. */
export interface TransportSetup {
  readonly identity: ProviderIdentity;
  readonly baseUrl: URL;
  readonly scrubber: Scrubber;
  /** Credentials and other headers; called before each attempt. */
  headers(options: CallOptions): Promise<Readonly<Record<string, string>>>;
  /** Called after a 401 to these headers: true if one more attempt gets other credentials. */
  renew?(refused: Readonly<Record<string, string>>): boolean;
  /** False for a provider whose POST is never repeated, not even if it was never sent. */
  readonly repeatsPost?: boolean | undefined;
}

/** The variable parts of a call. */
export interface CallInput {
  readonly parameters?: RouteParameters | undefined;
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, instead of a body. */
  readonly form?: Readonly<Record<string, string>> | undefined;
}

/** A 2xx answer. */
export interface Answer extends Success {
  readonly attempts: number;
}

/** Sends the operations of one provider to one origin. */
export interface Transport {
  call(operation: Operation, input: CallInput, options?: CallOptions): Promise<Answer>;
}

const MEBIBYTE = 1024 * 1024;
const REQUEST_ID_HEADERS = [
  "x-request-id",
  "request-id",
  "x-message-id",
  "x-client-request-id",
  "cf-ray",
];

/** One call on its way. */
interface Run {
  readonly operation: Operation;
  readonly url: URL;
  readonly content: Content | undefined;
  /** For this call only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** Unix milliseconds. */
  deadline: number;
  credentials: Readonly<Record<string, string>>;
  attempts: number;
  failures: number;
  renewed: boolean;
  /** An attempt may have had its effect. */
  doubt: boolean;
}

function contentOf(operation: Operation, input: CallInput, name: string): Content | undefined {
  if (input.form !== undefined) return formContent(input.form);
  if (!("body" in input)) return undefined;
  return { type: "application/json", text: bodyText(operation, input.body, name) };
}

/** Providers differ in the type of their answers to a deletion: some have none. */
function acceptOf({ method }: Operation): string {
  return method === "DELETE" ? "application/json, */*" : "application/json";
}

function requestOf({ operation, url, attempts }: Run, provider: string): RequestEvent {
  const { id, method, route } = operation;
  const bareUrl = `${url.origin}${url.pathname}`;
  return { provider, operation: id, method, route, url: bareUrl, attempt: attempts };
}

export function createTransport(setup: TransportSetup, options: TransportOptions): Transport {
  const { identity, baseUrl } = setup;
  const { name } = identity;
  const { timeoutMs = 15_000, totalTimeoutMs = 60_000, maxRetries = 3 } = options;
  const clock = timingOf(options);
  const throttle = createThrottle();
  const exchangeSetup: ExchangeSetup = {
    identity,
    scrubber: setup.scrubber,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    init: sendOnce(),
    maxBytes: options.maxBytes ?? 4 * MEBIBYTE,
    requestIdHeaders: REQUEST_ID_HEADERS,
    now: clock.now,
  };

  function start(operation: Operation, input: CallInput, call: CallOptions): Run {
    const content = contentOf(operation, input, name);
    for (const secret of secretsIn(input.body)) setup.scrubber.addSent(secret);
    const path = fillRoute(operation.route, input.parameters ?? {}, name);
    return {
      operation,
      url: callUrl(baseUrl, path, input.query),
      content,
      headers: input.headers ?? {},
      credentials: {},
      signal: call.signal,
      timeoutMs: call.timeoutMs ?? timeoutMs,
      deadline: clock.now() + (call.totalTimeoutMs ?? totalTimeoutMs),
      attempts: 0,
      failures: 0,
      renewed: false,
      doubt: false,
    };
  }

  /** Waits until the provider's announced limit lets a request through. */
  async function admit(run: Run): Promise<Failure | undefined> {
    const { operation, signal, deadline } = run;
    for (;;) {
      if (signal?.aborted === true) return aborted(run);
      const wait = throttle.take(operation.id, clock.now());
      if (wait === 0) return undefined;
      if (clock.now() + wait >= deadline) return heldBack(identity, operation, wait);
      await clock.sleep(wait, signal);
    }
  }

  async function send(run: Run): Promise<Success | Failure> {
    const { operation, signal } = run;
    try {
      run.credentials = await setup.headers({ signal, totalTimeoutMs: run.deadline - clock.now() });
    } catch (error) {
      throw run.doubt && operation.method !== "GET" ? inDoubtNow(error) : error;
    }
    const release = await takeTurn(run);
    if (release === undefined) return aborted(run);
    try {
      return await attempt(run);
    } finally {
      release();
    }
  }

  /** Waits for the limiter; undefined if the call is aborted meanwhile. */
  async function takeTurn(run: Run): Promise<(() => void) | undefined> {
    const { limiter } = options;
    if (limiter === undefined) return () => undefined;
    const started = clock.now();
    try {
      return await limiter.take({ signal: run.signal });
    } catch (error) {
      if (run.signal?.aborted === true) return undefined;
      throw run.doubt && run.operation.method !== "GET" ? inDoubtNow(error) : error;
    } finally {
      run.deadline += clock.now() - started;
    }
  }

  function aborted({ operation, url }: Run): Failure {
    return { ...silence(identity, operation, url.host, { kind: "aborted" }), untouched: true };
  }

  async function attempt(run: Run): Promise<Success | Failure> {
    const { operation, url, content, signal } = run;
    const headers = { accept: acceptOf(operation), ...run.credentials, ...run.headers };
    run.attempts += 1;
    const request = requestOf(run, identity.name);
    notify(options.onRequest, request);
    const started = clock.now();
    const { result, headers: answered } = await exchange(exchangeSetup, {
      operation,
      url,
      headers,
      content,
      signal,
      timeoutMs: Math.max(1, Math.min(run.timeoutMs, run.deadline - started)),
    });
    const ended = clock.now();
    if (answered !== undefined) throttle.learn(operation.id, answered, ended);
    notify(options.onResponse, {
      request,
      status: result.status,
      error: isFailure(result) ? result.code : undefined,
      requestId: result.requestId,
      durationMs: ended - started,
    });
    return result;
  }

  /** Milliseconds until the next attempt; undefined if there is none. */
  function delayAfter(run: Run, failure: Failure): number | undefined {
    if (failure.status === 401 && !run.renewed && setup.renew?.(run.credentials) === true) {
      run.renewed = true;
      return 0;
    }
    run.failures += 1;
    const never = run.operation.method === "POST" && setup.repeatsPost === false;
    if (never || run.failures > maxRetries) return undefined;
    if (!mayRepeat(run.operation, failure)) return undefined;
    const delayMs = failure.retryAfterMs ?? backoff(run.failures, clock.random);
    return clock.now() + delayMs < run.deadline ? delayMs : undefined;
  }

  async function call(
    operation: Operation,
    input: CallInput,
    given?: CallOptions,
  ): Promise<Answer> {
    const run = start(operation, input, callOptions(given, CALL_KINDS, operation.id));
    for (;;) {
      const result = (await admit(run)) ?? (await send(run));
      if (!isFailure(result)) return { ...result, attempts: run.attempts };
      run.doubt ||= !result.untouched;
      const delayMs = delayAfter(run, result);
      if (delayMs === undefined) throw toError(identity, operation, result, run);
      const request = requestOf(run, identity.name);
      notify(options.onRetry, { request, error: result.code, delayMs });
      await clock.sleep(delayMs, run.signal);
    }
  }
  return { call };
}

/** The announced limit is used up, and its reset comes after the call's time limit. */
function heldBack({ title }: ProviderIdentity, { task }: Operation, waitMs: number): Failure {
  return {
    code: "provider.rate_limited",
    values: { provider: title, task, reason: "no request is left until the next reset" },
    retryable: true,
    retryAfterMs: waitMs,
    untouched: true,
  };
}
