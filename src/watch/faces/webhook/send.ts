import { isText, need } from "../../../core/argument.ts";
import {
  AMOUNT,
  BOOLEAN,
  checkOptions,
  FUNCTION,
  INSTANT,
  type OptionKinds,
  TEXT,
} from "../../../core/options.ts";
import type { Instant } from "../../../core/time.ts";
import { LIMIT, SIGNAL } from "../../../providers/http/argument.ts";
import { type AttemptResult, attempt, type Fetch } from "../../../providers/http/attempt.ts";
import { type Timing, type TimingOptions, timingOf } from "../../../providers/http/clock.ts";
import {
  type Failure,
  failureOf,
  type ProviderIdentity,
  silence,
  toError,
} from "../../../providers/http/failure.ts";
import type { Operation } from "../../../providers/http/operation.ts";
import { isLoopback } from "../../../providers/http/origin.ts";
import { backoff, mayRepeat, retryAfterMs } from "../../../providers/http/retry.ts";
import { sendOnce } from "../../../providers/http/send-once.ts";
import { watchError } from "../../error.ts";
import type { ConnectionStatus } from "../../types.ts";
import { type WebhookMessage, webhook } from "./message.ts";
import { signedHeaders, webhookKey } from "./sign.ts";

/** Options of `sendWebhook`. */
export interface SendWebhookOptions extends TimingOptions {
  readonly now: Instant;
  /** https, or http to this machine. It is treated as a secret: only its host is ever shown. */
  readonly url: string;
  /** Signs each request: `whsec_` and the base64 of at least 24 random bytes. Default: no signature. */
  readonly secret?: string | undefined;
  /** Adds an Adaptive Card. Default: true at the hosts of Microsoft Teams, false elsewhere. */
  readonly card?: boolean | undefined;
  readonly fetch?: Fetch | undefined;
  /** Milliseconds for one attempt. Default: 15 000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for one message, waits between attempts included. Default: 60 000. */
  readonly totalTimeoutMs?: number | undefined;
  /** How often a message is repeated after a temporary failure. Default: 4. */
  readonly maxRetries?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each delivery with the identifiers of the events that the receiver has taken. */
  readonly onDelivered?: ((eventIds: readonly string[]) => void | Promise<void>) | undefined;
}

const OPTIONS: OptionKinds<SendWebhookOptions> = {
  now: INSTANT,
  url: TEXT,
  secret: TEXT,
  card: BOOLEAN,
  fetch: FUNCTION,
  timeoutMs: LIMIT,
  totalTimeoutMs: LIMIT,
  maxRetries: AMOUNT,
  signal: SIGNAL,
  onDelivered: FUNCTION,
  clock: FUNCTION,
  sleep: FUNCTION,
  random: FUNCTION,
};

/** The deliveries of one call. */
export interface WebhookResult {
  readonly messages: number;
  readonly events: number;
  /** Requests, with those that were repeated. */
  readonly attempts: number;
}

/** Hosts whose receivers show only the card: connectors and workflows of Microsoft Teams. */
const CARD_HOSTS = /(?:^|\.)(?:webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com)$/;

const OPERATION: Operation = {
  id: "webhook.send",
  method: "POST",
  route: "",
  success: 200,
  task: "take the webhook message",
  // A receiver tells a repetition by its webhook-id.
  repeatable: true,
};

/**
 * Tells a webhook the events of the statuses, in signed messages (Standard Webhooks 1.0). A temporary
 * failure is retried; a message keeps its `webhook-id`, so that the receiver can drop a repetition.
 * Throws a `ProviderError` if a message could not be delivered, and a `WatchError` for an unusable URL
 * or secret.
 *
 * @example
 * ```ts
 * import { type ConnectionStatus, sendWebhook } from "samlcert/watch";
 *
 * export async function tell(statuses: readonly ConnectionStatus[], url: string, secret: string) {
 *   const { events } = await sendWebhook(statuses, { now: new Date(), url, secret });
 *   console.log(`${events} events told`);
 * }
 * ```
 */
export async function sendWebhook(
  statuses: readonly ConnectionStatus[],
  options: SendWebhookOptions,
): Promise<WebhookResult> {
  need(() => isText(options.url), "url", "a string");
  checkOptions(options, OPTIONS, "sendWebhook");
  const url = webhookUrl(options.url);
  const key = options.secret === undefined ? undefined : keyOf(options.secret);
  const { now, card = CARD_HOSTS.test(url.hostname) } = options;
  const run = { url, key, options, timing: timingOf(options), init: sendOnce() };
  const messages = webhook(statuses, { now, card });
  let [events, attempts] = [0, 0];
  for (const message of messages) {
    attempts += await deliver(message, run);
    events += message.body.events.length;
    await options.onDelivered?.(message.body.events.map(({ id }) => id));
  }
  return { messages: messages.length, events, attempts };
}

interface Run {
  readonly url: URL;
  readonly key: Uint8Array | undefined;
  readonly options: SendWebhookOptions;
  readonly timing: Timing;
  readonly init: RequestInit;
}

function webhookUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (url !== undefined && isSafe && url.username === "" && url.password === "") return url;
  throw watchError("watch.webhook_url");
}

function keyOf(secret: string): Uint8Array {
  const key = webhookKey(secret);
  if (key !== undefined) return key;
  throw watchError("watch.webhook_secret");
}

/** Sends one message until it is taken, and returns the number of attempts. */
async function deliver({ id, body }: WebhookMessage, run: Run): Promise<number> {
  const { options, timing, url } = run;
  const { maxRetries = 4, totalTimeoutMs = 60_000, signal } = options;
  const deadline = timing.now() + totalTimeoutMs;
  const identity = identityOf(url);
  const text = JSON.stringify(body);
  for (let attempts = 1; ; attempts++) {
    const result = await request(id, text, deadline, run);
    const failure = failureIn(result, identity, url, timing.now());
    if (failure === undefined) return attempts;
    const delayMs = failure.retryAfterMs ?? backoff(attempts, timing.random);
    const repeats = attempts <= maxRetries && mayRepeat(OPERATION, failure);
    if (!repeats || timing.now() + delayMs >= deadline) {
      throw toError(identity, OPERATION, failure, { attempts, doubt: !failure.untouched });
    }
    await timing.sleep(delayMs, signal);
  }
}

/** One attempt, signed with its own time: receivers refuse an old one. */
function request(
  id: string,
  text: string,
  deadline: number,
  { url, key, options, timing, init }: Run,
): Promise<AttemptResult> {
  const { fetch = globalThis.fetch, timeoutMs = 15_000, signal } = options;
  const now = timing.now();
  return attempt(
    fetch,
    url,
    {
      ...init,
      method: "POST",
      // The signature is for this receiver, and a redirect would turn the POST into a GET.
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        ...signedHeaders(id, Math.floor(now / 1000), text, key),
      },
      body: text,
    },
    {
      signal,
      timeoutMs: Math.max(1, Math.min(timeoutMs, deadline - now)),
      // The status says it all; the body is dropped unread.
      maxBytes: 0,
      reads: () => false,
    },
  );
}

function failureIn(
  result: AttemptResult,
  identity: ProviderIdentity,
  { host }: URL,
  now: number,
): Failure | undefined {
  if (result.kind !== "answer") return silence(identity, OPERATION, host, result);
  const { response } = result;
  if (response.ok) return undefined;
  const answer = { host, status: response.status, issues: [], json: undefined };
  const failure = failureOf(identity, OPERATION, answer);
  return { ...failure, retryAfterMs: retryAfterMs(response.headers, now) };
}

/** The path of a webhook's URL is often its password, so errors name the host only. */
function identityOf({ host }: URL): ProviderIdentity {
  return {
    name: "webhook",
    title: host,
    advise: () => undefined,
    isErrorBody: () => true,
  };
}
