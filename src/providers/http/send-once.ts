/** The used part of Deno's API. */
interface DenoNamespace {
  createHttpClient?(options: { http2: boolean; poolMaxIdlePerHost: number }): unknown;
}

/**
 * Options of `fetch` that keep the runtime from sending a request a second time by itself. When a
 * connection that was used before is cut without an answer, Deno repeats every method, and Bun the
 * idempotent ones (older versions all), though the request may have had its effect: a certificate
 * would be uploaded twice (denoland/deno#32566 and #36415, oven-sh/bun#28706). A new connection for
 * each request is not repeated, and costs little at the pace of certificates. Node repeats nothing.
 */
export function sendOnce(): RequestInit {
  const { Deno } = globalThis as { Deno?: DenoNamespace };
  const client = Deno?.createHttpClient?.({ http2: false, poolMaxIdlePerHost: 0 });
  // Bun reads `keepalive` as the use of its pool; elsewhere false is the default (Fetch standard).
  return { keepalive: false, ...(client === undefined ? {} : { client }) };
}
