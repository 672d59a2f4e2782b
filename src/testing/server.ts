import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AMOUNT, FUNCTION, type OptionKinds } from "../core/options.ts";
import type { Operation } from "../providers/http/operation.ts";
import { directFetch } from "./direct-fetch.ts";
import { createFaultQueue, type FakeRequest, type Fault, type FaultMatch } from "./faults.ts";
import { type ReadRequest, type RequestReader, readRequest, understand } from "./read-request.ts";
import { bodyOf, headersOf, type Reply } from "./reply.ts";
import { createRouter } from "./router.ts";

export type { Reply } from "./reply.ts";

/** A request and what became of it. */
export interface FakeExchange extends FakeRequest {
  /** Absent if the connection was cut. */
  readonly status?: number | undefined;
  /** True if the request reached the fake's logic and had its effect. */
  readonly handled: boolean;
  /** Empty where nothing was made to go wrong. */
  readonly fault: Fault;
}

/** Options of every fake server. */
export interface FakeServerOptions<State> {
  /** Default: any free port. */
  readonly port?: number | undefined;
  /** Asked for the fault of each request, before those that were injected. */
  readonly faults?: ((request: FakeRequest) => Fault | undefined) | undefined;
  /** Called after each request, answered or cut. Its exceptions are kept in `violations`. */
  readonly invariant?: ((state: State, exchange: FakeExchange) => void) | undefined;
  /** The number of last requests that `requests` keeps. Default 10 000. */
  readonly keepRequests?: number | undefined;
}

/** The options that every fake server has. */
export const FAKE_SERVER_OPTIONS: OptionKinds<FakeServerOptions<unknown>> = {
  port: AMOUNT,
  faults: FUNCTION,
  invariant: FUNCTION,
  keepRequests: AMOUNT,
};

/** A fake provider: a real HTTP server on this machine's loopback address. */
export interface FakeServer<State> {
  /** Such as `http://127.0.0.1:41234`: the `baseUrl` of a client. */
  readonly url: string;
  readonly port: number;
  /** The `fetch` of a client that sends to this fake without a socket, for quick tests. */
  readonly fetch: typeof globalThis.fetch;
  /** The provider's live state. */
  readonly state: State;
  /** The last requests in their order. */
  readonly requests: readonly FakeExchange[];
  /** The errors that the invariant threw. */
  readonly violations: readonly unknown[];
  /** Makes a coming request fail: the next one, or the next that matches. */
  inject(fault: Fault, match?: FaultMatch): void;
  clearFaults(): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The logic of one provider, without the HTTP part. */
export interface FakeProvider<State> {
  readonly state: State;
  readonly operations: readonly Operation[];
  handle(request: FakeRequest, authorization: string | undefined): Reply;
}

const LOOPBACK = "127.0.0.1";

function send(response: ServerResponse, reply: Reply, requestNumber: number): void {
  const body = bodyOf(reply);
  response.writeHead(reply.status, {
    ...(reply.status === 204 ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    ...headersOf(reply, requestNumber),
  });
  response.end(body);
}

function malformed(reply: Reply): Reply {
  const body = bodyOf(reply);
  const text = body === "" ? "{" : body.slice(0, Math.ceil(body.length / 2));
  return { ...reply, text };
}

const NO_FAULT: Fault = {};

/** The outcome of a request under a fault; without a reply the connection is cut. */
function happen(
  fault: Fault,
  handle: () => Reply,
): { readonly handled: boolean; readonly reply?: Reply | undefined } {
  const { cut, status, body = "", headers, effect } = fault;
  const handled = cut !== "before" && (status === undefined || effect === true);
  const own = handled ? handle() : undefined;
  if (cut !== undefined) return { handled };
  if (status !== undefined) return { handled, reply: { status, text: body, headers } };
  return { handled, reply: own && fault.malformed === true ? malformed(own) : own };
}

/** Credentials stay out of the log of requests; the stored objects are in its state. */
function withoutSecrets(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("client_secret" in body)) return body;
  return { ...body, client_secret: "[redacted]" };
}

export async function startServer<State>(
  provider: FakeProvider<State>,
  options: FakeServerOptions<State>,
): Promise<FakeServer<State>> {
  const route = createRouter(provider.operations);
  const queue = createFaultQueue();
  const requests: FakeExchange[] = [];
  const violations: unknown[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const keep = options.keepRequests ?? 10_000;
  let count = 0;

  function record(exchange: FakeExchange): void {
    requests.push({ ...exchange, body: withoutSecrets(exchange.body) });
    // In steps, so that dropping the oldest costs nothing on the whole.
    if (requests.length >= 2 * Math.max(keep, 1)) requests.splice(0, requests.length - keep);
    try {
      options.invariant?.(provider.state, exchange);
    } catch (error) {
      violations.push(error);
    }
  }

  function wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, milliseconds);
      timers.add(timer);
    });
  }

  const reader: RequestReader = { route, next: () => ++count };

  /** The reply to a request; undefined if the connection is cut. */
  async function replyTo(read: ReadRequest): Promise<Reply | undefined> {
    if (read.refusal !== undefined) return read.refusal;
    const { request, authorization } = read;
    const fault = options.faults?.(request) ?? queue.take(request) ?? NO_FAULT;
    const { reply, handled } = happen(fault, () => provider.handle(request, authorization));
    record({ ...request, handled, fault, status: reply?.status });
    if (fault.delayMs !== undefined) await wait(fault.delayMs);
    return reply;
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readRequest(incoming, reader);
    const reply = await replyTo(read);
    if (reply === undefined) incoming.socket.destroy();
    else send(response, reply, read.request?.number ?? count);
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;

  function close(): Promise<void> {
    for (const timer of timers) clearTimeout(timer);
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  return {
    url: `http://${LOOPBACK}:${port}`,
    port,
    fetch: directFetch((raw) => {
      const read = understand(raw, reader);
      return { number: read.request?.number ?? count, reply: replyTo(read) };
    }),
    state: provider.state,
    requests,
    violations,
    inject: queue.add,
    clearFaults: queue.clear,
    close,
    [Symbol.asyncDispose]: close,
  };
}
