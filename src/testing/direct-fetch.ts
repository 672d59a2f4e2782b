import type { RawRequest } from "./read-request.ts";
import { bodyOf, headersOf, type Reply } from "./reply.ts";

/** The way of a request to a fake's logic: its number, and its reply; undefined if it is cut. */
type Deliver = (raw: RawRequest) => {
  readonly number: number;
  readonly reply: Promise<Reply | undefined>;
};

/** A `fetch` that reaches a fake's logic without a socket. */
export function directFetch(deliver: Deliver): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { signal } = init;
    signal?.throwIfAborted();
    const { number, reply } = deliver({
      method: init.method ?? "GET",
      url: String(input instanceof Request ? input.url : input),
      headers: Object.fromEntries(new Headers(init.headers)),
      text: typeof init.body === "string" ? init.body : "",
    });
    const answered = await Promise.race([reply, ...(signal ? [aborted(signal)] : [])]);
    if (answered === undefined) throw cut();
    const { status } = answered;
    const body = status === 204 ? null : bodyOf(answered);
    return new Response(body, { status, headers: headersOf(answered, number) });
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The error of a connection that broke, as Node's `fetch` throws it. */
function cut(): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}
