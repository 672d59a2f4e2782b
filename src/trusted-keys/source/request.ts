import { type IncomingMessage, request as overHttp, type RequestOptions } from "node:http";
import { request as overHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Target } from "./target.ts";

/** Resolves to the checked addresses, so that a second answer of the resolver cannot change them. */
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

/** Not `Readable.toWeb`: Deno's throws an uncaught error when a stream is cancelled. */
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

/** Statuses that a `Response` has no body for (Fetch standard, null body status). */
const NULL_BODY = new Set([204, 205, 304]);

/** Decoders by content coding (RFC 9110, 8.4.1). Only gzip is asked for; some servers send others. */
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function asResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const status = message.statusCode ?? 500;
  if (NULL_BODY.has(status)) {
    const response = new Response(null, { status, headers });
    // An unread message keeps its connection for as long as the server does.
    message.destroy();
    return response;
  }
  const coding = (headers.get("content-encoding") ?? "").trim().toLowerCase();
  const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding]?.() : undefined;
  // Either end of the pipeline destroys the other; the reader of the last stream gets the error.
  const stream = decoder === undefined ? message : pipeline(message, decoder, () => undefined);
  return new Response(webStream(stream), { status, headers });
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
          // A status or a header that is invalid in HTTP (RFC 9110, 15).
          message.destroy();
          reject(Object.assign(new Error(), { code: "ERR_HTTP_INVALID_ANSWER" }));
        }
      });
      sent.on("error", reject);
      sent.end();
    });
}
