import { attempt, type Fetch } from "../../providers/http/attempt.ts";
import { discard, TooLarge } from "../../providers/http/body.ts";
import { retryAfterMs } from "../../providers/http/retry.ts";
import { sourceError } from "./failures.ts";
import { freshSeconds } from "./freshness.ts";
import { pinnedFetch } from "./request.ts";
import { checkTarget, type TargetRules } from "./target.ts";

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly maxRedirects: number;
}

/** Reads the body of a document from a stream. */
export type Consume = (chunks: AsyncIterable<Uint8Array>) => Promise<void>;

export interface DownloadOptions extends DownloadLimits, TargetRules {
  /** Takes the body, which is then not kept: `bytes` is empty. */
  readonly consume?: Consume | undefined;
  readonly fetch?: Fetch | undefined;
  readonly ca?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The validators of a document for the next request (RFC 9110, 8.8). */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** The answer to a request for a document. */
export interface Downloaded extends Validators {
  /** After redirects. */
  readonly url: string;
  /** Undefined if the document is not modified. */
  readonly bytes?: Uint8Array | undefined;
  /** Seconds for which the answer is fresh, if the server says so. */
  readonly maxAgeSeconds?: number | undefined;
}

/** Headers that let the server answer 304 if nothing has changed (RFC 9110, 13.1). */
function headersFor(kept: Validators | undefined): Readonly<Record<string, string>> {
  return {
    accept: "application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    ...(kept?.etag === undefined ? {} : { "if-none-match": kept.etag }),
    ...(kept?.lastModified === undefined ? {} : { "if-modified-since": kept.lastModified }),
  };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function timeout({ host }: URL) {
  return sourceError("provider.timeout", { host }, { retryable: true });
}

/** Bounds the resolver, whose own time limit may be a minute. */
async function within<T>(deadline: number, promise: Promise<T>, url: URL): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeout(url)), Math.max(1, deadline - performance.now()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const RETRYABLE = new Set(["timeout", "unreachable", "network"]);

/**
 * A `fetch` that passes the body on while it arrives, within the time of the attempt. An error of the
 * consumer is not a failure of the network, so it is thrown after the attempt.
 */
function consuming(fetch: Fetch, consume: Consume, maxBytes: number) {
  let failure: { readonly error: unknown } | undefined;
  const streaming: Fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { status, headers, body } = response;
    if (status !== 200) return response;
    let broken: { readonly error: unknown } | undefined;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      let size = 0;
      try {
        for await (const chunk of chunksOf(body)) {
          size += chunk.byteLength;
          if (size > maxBytes) throw new TooLarge();
          yield chunk;
        }
      } catch (error) {
        broken = { error };
        throw error;
      }
    }
    try {
      await consume(chunks());
    } catch (error) {
      if (broken !== undefined) throw broken.error;
      failure = { error };
    }
    return new Response(null, { status, headers });
  };
  return {
    fetch: streaming,
    rethrow(): void {
      if (failure !== undefined) throw failure.error;
    },
  };
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (value === undefined) return;
      yield value;
    }
  } finally {
    if (!isDone) discard(reader);
  }
}

async function getOnce(
  url: URL,
  deadline: number,
  headers: Readonly<Record<string, string>>,
  options: DownloadOptions,
) {
  const target = await within(deadline, checkTarget(url, options), url);
  const fetch = options.fetch ?? pinnedFetch(target, options.ca);
  const { signal, maxBytes, consume } = options;
  const timeoutMs = Math.max(1, deadline - performance.now());
  const init: RequestInit = { headers, redirect: "manual" };
  const limits = { signal, timeoutMs, maxBytes, reads: (status: number) => status === 200 };
  const consumed = consume && consuming(fetch, consume, maxBytes);
  const result = await attempt(consumed?.fetch ?? fetch, url, init, limits);
  consumed?.rethrow();
  if (result.kind === "answer") return result;
  const reason = "reason" in result ? result.reason : "";
  const retryable = RETRYABLE.has(result.kind);
  const values = { host: url.host, reason, limit: maxBytes };
  throw sourceError(`provider.${result.kind}`, values, { retryable });
}

function nextHop({ host, href }: URL, location: string | null): URL {
  if (location !== null && URL.canParse(location, href)) return new URL(location, href);
  throw sourceError("provider.metadata_redirect", { host, problem: "to an invalid URL" });
}

/** The document of an answer. */
function documentOf(
  { host, href }: URL,
  { response: { status, headers }, bytes }: { response: Response; bytes: Uint8Array },
  kept: Validators | undefined,
): Downloaded {
  const etag = headers.get("etag") ?? undefined;
  const lastModified = headers.get("last-modified") ?? undefined;
  const maxAgeSeconds = freshSeconds(headers);
  if (status === 200) return { url: href, bytes, etag, lastModified, maxAgeSeconds };
  const conditional = kept?.etag !== undefined || kept?.lastModified !== undefined;
  // A 304 need not repeat the validators of the request (RFC 9110, 15.4.5).
  if (status === 304 && conditional) {
    return { etag: kept.etag, lastModified: kept.lastModified, url: href, maxAgeSeconds };
  }
  const retryable = status >= 500 || status === 429;
  const wait = retryAfterMs(headers, Date.now());
  const retryAfterSeconds = wait === undefined ? undefined : Math.ceil(wait / 1000);
  const facts = { status, retryable, retryAfterSeconds };
  throw sourceError("provider.metadata_status", { host, status }, facts);
}

/**
 * Reads a document unless the server says that it is not modified. Each redirect is checked like the
 * first URL, and none leaves https.
 */
export async function download(
  start: URL,
  kept: Validators | undefined,
  options: DownloadOptions,
): Promise<Downloaded> {
  const deadline = performance.now() + options.timeoutMs;
  let url = start;
  for (let hops = 0; hops <= options.maxRedirects; hops++) {
    const answer = await getOnce(url, deadline, headersFor(kept), options);
    const { status, headers } = answer.response;
    if (!REDIRECTS.has(status)) return documentOf(url, answer, kept);
    url = nextHop(url, headers.get("location"));
  }
  const problem = `more than ${options.maxRedirects} times`;
  throw sourceError("provider.metadata_redirect", { host: start.host, problem });
}
