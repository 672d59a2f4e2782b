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
  readonly headers: Readonly<Record<string, string>>;
}

/** What was read; no bytes where nothing has changed since the last time. */
export interface Downloaded {
  readonly url: string;
  readonly bytes?: Uint8Array | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function tooLate(url: URL) {
  const message = `The metadata at ${url.host} did not arrive in time.`;
  return sourceError("provider.timeout", message, { retryable: true });
}

/** A resolver keeps its own time, which may be a minute. */
async function within<T>(deadline: number, promise: Promise<T>, url: URL): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(url)), Math.max(1, deadline - performance.now()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function getOnce(url: URL, deadline: number, options: DownloadOptions) {
  const target = await within(deadline, checkTarget(url, options), url);
  const fetch = options.fetch ?? pinnedFetch(target, options.ca);
  const { signal, maxBytes, headers } = options;
  const timeoutMs = Math.max(1, deadline - performance.now());
  const init: RequestInit = { headers, redirect: "manual" };
  const result = await attempt(fetch, url, init, { signal, timeoutMs, maxBytes });
  if (result.kind === "answer") return result;
  if (result.kind === "network") {
    const message = `The metadata at ${url.host} could not be read (${result.reason}).`;
    throw sourceError("provider.network", message, { retryable: true });
  }
  if (result.kind === "timeout") throw tooLate(url);
  const message = {
    aborted: "The call was ended by its caller while it read metadata.",
    too_large: `The metadata at ${url.host} is larger than ${maxBytes} bytes.`,
  }[result.kind];
  throw sourceError(`provider.${result.kind}`, message);
}

function nextHop(url: URL, location: string | undefined): URL {
  if (location === undefined || !URL.canParse(location, url.href)) {
    const message = `${url.host} answered with a redirect that leads nowhere.`;
    throw sourceError("provider.redirected", message);
  }
  return new URL(location, url);
}

function notADocument(url: URL, status: number) {
  const code = status === 404 || status === 410 ? "provider.not_found" : "provider.unreadable";
  return sourceError(code, `${url.host} answered ${status} in place of metadata.`, {
    status,
    hint: "Ask the identity provider's administrator for its current metadata URL.",
    retryable: status >= 500 || status === 429,
  });
}

/** Reads a document. Each redirect is checked as the first URL was, and none leaves https. */
export async function download(start: URL, options: DownloadOptions): Promise<Downloaded> {
  const deadline = performance.now() + options.timeoutMs;
  let url = start;
  for (let hops = 0; hops <= options.maxRedirects; hops++) {
    const { response, bytes } = await getOnce(url, deadline, options);
    const { status, headers } = response;
    if (!REDIRECTS.has(status)) {
      if (status !== 200 && status !== 304) throw notADocument(url, status);
      const etag = headers.get("etag") ?? undefined;
      const lastModified = headers.get("last-modified") ?? undefined;
      return { url: url.href, bytes: status === 200 ? bytes : undefined, etag, lastModified };
    }
    url = nextHop(url, headers.get("location") ?? undefined);
  }
  const message = `The metadata URL redirects more than ${options.maxRedirects} times.`;
  throw sourceError("provider.redirected", message);
}
