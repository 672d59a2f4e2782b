import { attempt, type Fetch } from "./attempt.ts";
import type { Content } from "./content.ts";
import { readIssues } from "./error-body.ts";
import { type Failure, failureOf, type ProviderIdentity, silence } from "./failure.ts";
import type { Operation } from "./operation.ts";
import { rateLimitReset, retryAfterMs } from "./retry.ts";
import type { Scrubber } from "./secrets.ts";

/** A 2xx answer to one attempt. */
export interface Success {
  readonly status: number;
  /** The parsed body; undefined if it is empty. */
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

/** Upper bound on nesting: a recursive walk through more, such as JSON.stringify, overflows the stack. */
const MAX_DEPTH = 500;

/** True if more brackets are open at once than that, outside strings. */
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
  { operation, url: { host } }: ExchangeRequest,
  response: Response,
  bytes: Uint8Array,
): Success | Failure {
  const { identity, scrubber } = setup;
  const { status, headers } = response;
  const requestId = requestIdOf(headers, setup);
  // Scrubbed first: a server, or a proxy, may repeat the request.
  const raw = new TextDecoder().decode(bytes);
  const text = response.ok ? scrubber.scrub(raw) : scrubber.scrubError(raw);
  const json = parseJson(text);
  if (response.redirected) {
    const redirect = { host, status: 302, issues: [], json };
    return { ...failureOf(identity, operation, redirect), requestId };
  }
  if (response.ok) {
    if (text.trim() === "" || json !== undefined) return { status, json, requestId };
    const answer = `without JSON (${status})`;
    const values = { provider: identity.title, task: operation.task, answer };
    const code = "provider.unreadable";
    return { code, values, status, requestId, retryable: true, untouched: false };
  }
  const now = setup.now();
  const wait = retryAfterMs(headers, now);
  const failure = failureOf(identity, operation, {
    host,
    status,
    issues: readIssues(text, json),
    json,
  });
  return {
    ...failure,
    requestId,
    retryAfterMs: wait ?? (status === 429 ? rateLimitReset(headers, now) : undefined),
  };
}

/** Sends one request once; gives its answer, or the failure. */
export async function exchange(setup: ExchangeSetup, request: ExchangeRequest): Promise<Exchanged> {
  const { operation, url, headers, content, signal, timeoutMs } = request;
  const { maxBytes } = setup;
  const init: RequestInit = {
    ...setup.init,
    method: operation.method,
    redirect: "manual",
    headers: content === undefined ? headers : { ...headers, "content-type": content.type },
    ...(content === undefined ? {} : { body: content.text }),
  };
  const attempted = await attempt(setup.fetch, url, init, { signal, timeoutMs, maxBytes });
  if (attempted.kind !== "answer") {
    const result = silence(setup.identity, operation, url.host, { ...attempted, maxBytes });
    return { result };
  }
  const { response, bytes } = attempted;
  return { result: read(setup, request, response, bytes), headers: response.headers };
}
