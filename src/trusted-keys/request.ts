import { type IncomingMessage, request as overHttp, type RequestOptions } from "node:http";
import { request as overHttps } from "node:https";
import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Target } from "./target.ts";

/** The addresses that were checked, whatever the resolver says meanwhile. */
function pinned({ addresses }: Target): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) {
      callback(
        null,
        addresses.map(({ address, family }) => ({ address, family })),
      );
    } else {
      callback(null, first?.address ?? "", first?.family ?? 4);
    }
  };
}

/** Not Readable.toWeb(): Deno's throws outside of everything when a stream is left before its end. */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void stream.destroy(),
  });
}

function asResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const zipped = headers.get("content-encoding") === "gzip";
  const stream = zipped ? message.pipe(createGunzip()) : message;
  if (zipped) message.on("error", (error) => stream.destroy(error));
  const status = message.statusCode ?? 500;
  const empty = status === 204 || status === 205 || status === 304;
  const body = empty ? null : webStream(stream);
  return new Response(body, { status, headers });
}

/** A GET that connects to the checked addresses and nowhere else. Has the shape of `fetch`. */
export function pinnedFetch(target: Target, ca: string | undefined): typeof globalThis.fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(String(input));
      const options: RequestOptions & { ca?: string } = {
        method: "GET",
        headers: { ...(init?.headers as Record<string, string>), "accept-encoding": "gzip" },
        lookup: pinned(target),
        agent: false,
        ...(init?.signal ? { signal: init.signal } : {}),
        ...(ca === undefined ? {} : { ca }),
      };
      const send = url.protocol === "https:" ? overHttps : overHttp;
      const sent = send(url, options, (message) => {
        try {
          resolve(asResponse(message));
        } catch {
          // A status or a header that HTTP does not know (RFC 9110, 15).
          message.destroy();
          reject(Object.assign(new Error(), { code: "ERR_HTTP_INVALID_ANSWER" }));
        }
      });
      sent.on("error", reject);
      sent.end();
    });
}
