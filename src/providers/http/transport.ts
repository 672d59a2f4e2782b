import { needFunctions, needSignal } from "./argument.ts";
import type { Fetch } from "./attempt.ts";
import { type Clock, systemClock } from "./clock.ts";
import { bodyText, type Content, formContent } from "./content.ts";
import { type ExchangeSetup, exchange, isFailure, type Success } from "./exchange.ts";
import { type Failure, inDoubtNow, type ProviderIdentity, silence, toError } from "./failure.ts";
import { type Hooks, notify, type RequestEvent } from "./hooks.ts";
import { notNegative, positive } from "./numbers.ts";
import type { CallOptions, Operation } from "./operation.ts";
import { callUrl, fillRoute, type Query, type RouteParameters } from "./origin.ts";
import { backoff, mayRepeat } from "./retry.ts";
import { type Scrubber, secretsIn } from "./secrets.ts";
import { sendOnce } from "./send-once.ts";
import { createThrottle } from "./throttle.ts";

/** What a caller may set for every call of a client. */
export interface TransportOptions extends Hooks {
  /** Used in place of the global `fetch`. It is handed the credentials. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds for one attempt, answer included. Default 15 000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for a whole call, waits between attempts included. Default 60 000. */
  readonly deadlineMs?: number | undefined;
  /** How often a request is repeated after a failure that passes. Default 3. */
  readonly maxRetries?: number | undefined;
  /** The most bytes of an answer that are read. Default 4 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Time and chance, for tests. */
  readonly clock?: Partial<Clock> | undefined;
}

/** What a provider tells its transport. */
export interface TransportSetup {
  readonly identity: ProviderIdentity;
  readonly baseUrl: URL;
  readonly scrubber: Scrubber;
  /** Credentials and other headers, asked for before each attempt. */
  headers(options: CallOptions): Promise<Readonly<Record<string, string>>>;
  /**
   * After a 401 to these headers: true if other credentials can be had, so that one more attempt
   * makes sense.
   */
  renew?(refused: Readonly<Record<string, string>>): boolean;
  /** False for a provider whose POST is never repeated, not even where it surely had no effect. */
  readonly repeatsPost?: boolean | undefined;
}

/** The variable parts of a call. */
export interface CallInput {
  readonly parameters?: RouteParameters | undefined;
  readonly query?: Query | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, in place of a body. */
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
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly deadline: number;
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

/** What a deletion answers is not documented alike: some answers have no type at all. */
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
  const timeoutMs = positive("timeoutMs", options.timeoutMs ?? 15_000, name);
  const deadlineMs = positive("deadlineMs", options.deadlineMs ?? 60_000, name);
  const maxBytes = positive("maxResponseBytes", options.maxResponseBytes ?? 4 * MEBIBYTE, name);
  const maxRetries = notNegative("maxRetries", options.maxRetries ?? 3, name);
  const clock: Clock = { ...systemClock, ...options.clock };
  needFunctions({ fetch: options.fetch, now: clock.now, sleep: clock.sleep, random: clock.random });
  const throttle = createThrottle();
  const exchangeSetup: ExchangeSetup = {
    identity,
    scrubber: setup.scrubber,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    init: sendOnce(),
    maxBytes,
    requestIdHeaders: REQUEST_ID_HEADERS,
    now: clock.now,
  };

  function start(operation: Operation, input: CallInput, call: CallOptions): Run {
    const { signal } = call;
    needSignal(signal);
    const content = contentOf(operation, input, name);
    for (const secret of secretsIn(input.body)) setup.scrubber.addSent(secret);
    const path = fillRoute(operation.route, input.parameters ?? {}, name);
    return {
      operation,
      url: callUrl(baseUrl, path, input.query),
      content,
      credentials: {},
      signal: signal ?? undefined,
      timeoutMs: positive("timeoutMs", call.timeoutMs ?? timeoutMs, name),
      deadline: clock.now() + positive("deadlineMs", call.deadlineMs ?? deadlineMs, name),
      attempts: 0,
      failures: 0,
      renewed: false,
      doubt: false,
    };
  }

  /** Waits until the provider's announced limit lets a request through. */
  async function admit({ operation, signal, deadline }: Run): Promise<Failure | undefined> {
    for (;;) {
      if (signal?.aborted === true) {
        return { ...silence(identity, operation, { kind: "aborted" }), untouched: true };
      }
      const wait = throttle.take(operation.id, clock.now());
      if (wait === 0) return undefined;
      if (clock.now() + wait >= deadline) return heldBack(identity, operation, wait);
      await clock.sleep(wait, signal);
    }
  }

  async function send(run: Run): Promise<Success | Failure> {
    const { operation, url, content, signal } = run;
    try {
      run.credentials = await setup.headers({ signal, deadlineMs: run.deadline - clock.now() });
    } catch (error) {
      throw run.doubt && operation.method !== "GET" ? inDoubtNow(error) : error;
    }
    const headers = { accept: acceptOf(operation), ...run.credentials };
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

  /** Milliseconds until the next attempt; undefined where there will be none. */
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
    callOptions?: CallOptions,
  ): Promise<Answer> {
    const run = start(operation, input, Object(callOptions));
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

/** The announced limit is used up, and a wait for its reset would pass the deadline. */
function heldBack(identity: ProviderIdentity, operation: Operation, waitMs: number): Failure {
  return {
    code: "provider.rate_limited",
    message: `The request limit of ${identity.title} is used up: it was not asked to ${operation.does}.`,
    retryable: true,
    retryAfterMs: waitMs,
    untouched: true,
  };
}
