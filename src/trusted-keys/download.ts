import { attempt, type Fetch } from "../providers/http/attempt.ts";
import { sourceError } from "./failures.ts";
import { pinnedFetch } from "./request.ts";
import { checkTarget, type TargetRules } from "./target.ts";

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly maxRedirects: number;
}

export interface DownloadOptions extends DownloadLimits, TargetRules {
  readonly fetch?: Fetch | undefined;
  readonly ca?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A document that was read, with the validators for the next request. */
export interface Downloaded {
  /** After redirects. */
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** `max-age` of the last answer, if it is above 0. */
  readonly maxAgeSeconds?: number | undefined;
}

/** Headers that let the server answer 304 if nothing has changed (RFC 9110, 13.1). */
function headersFor(kept: Downloaded | undefined): Readonly<Record<string, string>> {
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

async function getOnce(
  url: URL,
  deadline: number,
  headers: Readonly<Record<string, string>>,
  options: DownloadOptions,
) {
  const target = await within(deadline, checkTarget(url, options), url);
  const fetch = options.fetch ?? pinnedFetch(target, options.ca);
  const { signal, maxBytes } = options;
  const timeoutMs = Math.max(1, deadline - performance.now());
  const init: RequestInit = { headers, redirect: "manual" };
  const limits = { signal, timeoutMs, maxBytes, reads: (status: number) => status === 200 };
  const result = await attempt(fetch, url, init, limits);
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

/** RFC 9111, 5.2.2.1. Zero is no hint: many servers send it with everything. */
function maxAgeOf(headers: Headers): number | undefined {
  const [, text] = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(headers.get("cache-control") ?? "") ?? [];
  const seconds = Number(text ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/** The document of an answer, or the kept one if it is not modified. */
function documentOf(
  { host, href }: URL,
  { response: { status, headers }, bytes }: { response: Response; bytes: Uint8Array },
  kept: Downloaded | undefined,
): Downloaded {
  const etag = headers.get("etag") ?? undefined;
  const lastModified = headers.get("last-modified") ?? undefined;
  const maxAgeSeconds = maxAgeOf(headers);
  if (status === 200) return { url: href, bytes, etag, lastModified, maxAgeSeconds };
  const conditional = kept?.etag !== undefined || kept?.lastModified !== undefined;
  // A 304 need not repeat the validators of the request (RFC 9110, 15.4.5).
  if (status === 304 && conditional) return { ...kept, url: href, maxAgeSeconds };
  const retryable = status >= 500 || status === 429;
  throw sourceError("provider.metadata_status", { host, status }, { status, retryable });
}

/**
 * Reads a document, or the kept one again if the server says that it is not modified. Each redirect
 * is checked like the first URL, and none leaves https.
 */
export async function download(
  start: URL,
  kept: Downloaded | undefined,
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
