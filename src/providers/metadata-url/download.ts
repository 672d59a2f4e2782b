import { attempt, type Fetch } from "../attempt.ts";
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

async function getOnce(url: URL, deadline: number, options: DownloadOptions) {
  const target = await checkTarget(url, options);
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
  const message = {
    aborted: "The call was ended by its caller while it read metadata.",
    timeout: `The metadata at ${url.host} did not arrive in time.`,
    too_large: `The metadata at ${url.host} is larger than ${maxBytes} bytes.`,
  }[result.kind];
  throw sourceError(`provider.${result.kind}`, message, { retryable: result.kind === "timeout" });
}

function nextHop(url: URL, location: string | null): URL {
  if (location === null || !URL.canParse(location, url)) {
    const message = `${url.host} answered with a redirect that leads nowhere.`;
    throw sourceError("provider.redirected", message);
  }
  return new URL(location, url);
}

/** Reads a document. Each redirect is checked as the first URL was, and none leaves https. */
export async function download(start: URL, options: DownloadOptions): Promise<Downloaded> {
  const deadline = performance.now() + options.timeoutMs;
  let url = start;
  for (let hops = 0; ; hops++) {
    const { response, bytes } = await getOnce(url, deadline, options);
    const { status, headers } = response;
    if (REDIRECTS.has(status)) {
      if (hops >= options.maxRedirects) {
        const message = `The metadata URL redirects more than ${options.maxRedirects} times.`;
        throw sourceError("provider.redirected", message);
      }
      url = nextHop(url, headers.get("location"));
      continue;
    }
    const etag = headers.get("etag") ?? undefined;
    const lastModified = headers.get("last-modified") ?? undefined;
    if (status === 304) return { url: url.href, etag, lastModified };
    if (status === 200) return { url: url.href, bytes, etag, lastModified };
    const code = status === 404 || status === 410 ? "provider.not_found" : "provider.unreadable";
    const message = `${url.host} answered ${status} in place of metadata.`;
    const hint = "Ask the identity provider's administrator for its current metadata URL.";
    throw sourceError(code, message, { status, hint, retryable: status >= 500 || status === 429 });
  }
}
