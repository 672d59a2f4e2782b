import { attempt, type Fetch } from "./attempt.ts";
import type { Content } from "./content.ts";
import { readIssues } from "./error-body.ts";
import { type Failure, type ProviderIdentity, refusal, silence } from "./failure.ts";
import type { Operation } from "./operation.ts";
import { rateLimitReset, retryAfter } from "./retry.ts";
import type { Scrubber } from "./secrets.ts";

/** A 2xx answer to one attempt. */
export interface Success {
  readonly status: number;
  /** The parsed body; undefined where it is empty. */
  readonly json: unknown;
  readonly requestId?: string | undefined;
}

/** How one attempt ended, and the headers of its answer. */
export interface Exchanged {
  readonly result: Success | Failure;
  readonly headers?: Headers | undefined;
}

export function isFailure(result: Success | Failure): result is Failure {
  return "retryable" in result;
}

export interface ExchangeSetup {
  readonly identity: ProviderIdentity;
  readonly scrubber: Scrubber;
  readonly fetch: Fetch;
  /** Options of `fetch` that are the same for each request. */
  readonly init: RequestInit;
  readonly maxBytes: number;
  readonly requestIdHeaders: readonly string[];
  now(): number;
}

export interface ExchangeRequest {
  readonly operation: Operation;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly content?: Content | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/** Who walks through what is deeper runs out of stack, the caller's JSON.stringify included. */
const MAX_DEPTH = 500;

/** Whether more brackets are open at once than any answer has; those in strings are none. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length && depth <= MAX_DEPTH; i++) {
    const character = text.charAt(i);
    if (character === '"') i = stringEnd(text, i);
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
  }
  return depth > MAX_DEPTH;
}

/** The closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charAt(i) !== '"') i += text.charAt(i) === "\\" ? 2 : 1;
  return i;
}

function parseJson(text: string): unknown {
  try {
    return isDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requestIdOf(headers: Headers, { requestIdHeaders, scrubber }: ExchangeSetup) {
  for (const name of requestIdHeaders) {
    const value = headers.get(name);
    if (value !== null && /^[\x21-\x7e]{1,200}$/.test(value)) return scrubber.scrubError(value);
  }
  return undefined;
}

function read(
  setup: ExchangeSetup,
  operation: Operation,
  response: Response,
  bytes: Uint8Array,
): Success | Failure {
  const { identity, scrubber } = setup;
  const { status, headers } = response;
  const requestId = requestIdOf(headers, setup);
  // Before anything is made of it: a server, or a proxy, may repeat what it was sent.
  const raw = new TextDecoder().decode(bytes);
  const text = response.ok ? scrubber.scrub(raw) : scrubber.scrubError(raw);
  const json = parseJson(text);
  if (response.redirected) return { ...refusal(identity, operation, 302, []), requestId };
  if (response.ok) {
    if (text.trim() === "" || json !== undefined) return { status, json, requestId };
    const message = `${identity.title} did not answer in JSON when asked to ${operation.does} (${status}).`;
    const code = "provider.unreadable";
    return { code, message, status, requestId, retryable: true, untouched: false };
  }
  const now = setup.now();
  const wait = retryAfter(headers, now);
  const retryAfterMs = wait ?? (status === 429 ? rateLimitReset(headers, now) : undefined);
  const issues = readIssues(text, json);
  return { ...refusal(identity, operation, status, issues), requestId, retryAfterMs };
}

/** Sends one request once and makes an answer or a failure of what comes back. */
export async function exchange(
  setup: ExchangeSetup,
  { operation, url, headers, content, signal, timeoutMs }: ExchangeRequest,
): Promise<Exchanged> {
  const init: RequestInit = {
    ...setup.init,
    method: operation.method,
    redirect: "manual",
    headers: content === undefined ? headers : { ...headers, "content-type": content.type },
    ...(content === undefined ? {} : { body: content.text }),
  };
  const limits = { signal, timeoutMs, maxBytes: setup.maxBytes };
  const attempted = await attempt(setup.fetch, url, init, limits);
  if (attempted.kind !== "answer") return { result: silence(setup.identity, operation, attempted) };
  const { response, bytes } = attempted;
  return { result: read(setup, operation, response, bytes), headers: response.headers };
}
