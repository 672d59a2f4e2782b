import type { IncomingMessage } from "node:http";
import type { FakeRequest } from "./faults.ts";
import type { Matched } from "./router.ts";
import type { Reply } from "./server.ts";

export interface RequestReader {
  route(method: string, path: string): Matched | undefined;
  /** The number of the request, taken when all of it has arrived. */
  next(): number;
}

export type ReadRequest =
  | { readonly refusal: Reply }
  | {
      readonly refusal?: undefined;
      readonly request: FakeRequest;
      readonly authorization: string | undefined;
    };

const MOST_BYTES = 1024 * 1024;

/** The rest of the body stays unread, so the connection cannot be reused (RFC 9110, 15.5.14). */
const TOO_LARGE: Reply = {
  status: 413,
  json: { error: "too large" },
  headers: { connection: "close" },
};

const CREDENTIALS = new Set(["authorization", "cookie", "proxy-authorization"]);

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined) continue;
    headers[name] = CREDENTIALS.has(name) ? "[redacted]" : String(value);
  }
  return headers;
}

function parseBody(text: string, contentType: string): unknown {
  if (text === "") return undefined;
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return JSON.parse(text);
}

/** Reads a whole request, within a limit. */
export async function readRequest(
  incoming: IncomingMessage,
  { route, next }: RequestReader,
): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return { refusal: TOO_LARGE };
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? "/", "http://fake.invalid");
  const method = incoming.method ?? "GET";
  const matched = route(method, url.pathname);
  const headers = headersOf(incoming);
  let body: unknown;
  try {
    body = parseBody(Buffer.concat(chunks).toString("utf8"), headers["content-type"] ?? "");
  } catch {
    return { refusal: { status: 400, json: { error: "the body is not JSON" } } };
  }
  const request: FakeRequest = {
    number: next(),
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    operation: matched?.operation.id,
    parameters: matched?.parameters ?? {},
    headers,
    body,
  };
  return { request, authorization: incoming.headers.authorization };
}
