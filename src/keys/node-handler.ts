import type { IncomingMessage, ServerResponse } from "node:http";
import { need } from "../core/argument.ts";
import type { MetadataHandler } from "./handler.ts";

/** A request of Fastify, as far as the adapter needs it. */
interface FastifyRequest {
  readonly raw: IncomingMessage;
}

/** A reply of Fastify, as far as the adapter needs it. */
interface FastifyReply {
  readonly raw: ServerResponse;
  hijack(): unknown;
}

/** Names as the standards spell them: OpenSAML's C++ client takes no other case (CurlURLInputStream.cpp). */
const NAMES: readonly string[] = [
  "ETag",
  "Cache-Control",
  "Content-Type",
  "Content-Length",
  "X-Content-Type-Options",
  "Retry-After",
  "Allow",
];

/**
 * A handler for `http.createServer` and Express. The application must not compress the answer.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { type MetadataHandler, nodeHandler } from "samlcert/keys";
 *
 * const serve = (handler: MetadataHandler) => createServer(nodeHandler(handler));
 * console.log(typeof serve);
 * ```
 */
export function nodeHandler(
  handler: MetadataHandler,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  need(() => typeof handler === "function", "handler", "a function of metadataHandler");
  return async (request, response) => {
    const answer = await handler(requestOf(request));
    response.statusCode = answer.status;
    for (const name of NAMES) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    const body = answer.body === null ? undefined : new Uint8Array(await answer.arrayBuffer());
    response.end(body);
  };
}

/**
 * A handler for Fastify, which otherwise writes header names in lower case.
 *
 * @example
 * ```ts
 * import fastify from "fastify";
 * import { fastifyHandler, type MetadataHandler } from "samlcert/keys";
 *
 * const serve = (handler: MetadataHandler) => fastify().get("/saml", fastifyHandler(handler));
 * console.log(typeof serve);
 * ```
 */
export function fastifyHandler(
  handler: MetadataHandler,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const answer = nodeHandler(handler);
  return async (request, reply) => {
    reply.hijack();
    await answer(request.raw, reply.raw);
  };
}

/** The host is the client's claim, and nothing reads it. */
function requestOf({ method = "GET", url = "/", headers }: IncomingMessage): Request {
  const known = headers["if-none-match"];
  return new Request(addressOf(url), {
    // The Fetch API throws for some methods; all but two are refused anyway.
    method: method === "GET" || method === "HEAD" ? method : "POST",
    headers: known === undefined ? {} : { "If-None-Match": known },
  });
}

function addressOf(url: string): URL {
  try {
    return new URL(url.replace(/^\/+/, "/"), "http://localhost");
  } catch {
    return new URL("http://localhost");
  }
}
