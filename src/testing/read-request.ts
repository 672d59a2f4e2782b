import type { IncomingMessage } from "node:http";
import type { FakeRequest } from "./faults.ts";
import type { Reply } from "./reply.ts";
import type { Matched } from "./router.ts";

export interface RequestReader {
  route(method: string, path: string): Matched | undefined;
  /** The number of the request, taken when all of it has arrived. */
  next(): number;
}

export type ReadRequest =
  | { readonly refusal: Reply; readonly request?: undefined }
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

/** A request as it arrives, by a socket or directly. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
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
  reader: RequestReader,
): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return { refusal: TOO_LARGE };
    chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const raw: RawRequest = {
    method: incoming.method ?? "GET",
    url: incoming.url ?? "/",
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString("utf8"),
  };
  return understand(raw, reader);
}

/** A request as the fakes read it, without its credentials. */
export function understand(
  { method, url: address, headers, text }: RawRequest,
  { route, next }: RequestReader,
): ReadRequest {
  const url = new URL(address, "http://fake.invalid");
  const matched = route(method, url.pathname);
  let body: unknown;
  try {
    body = parseBody(text, headers["content-type"] ?? "");
  } catch {
    return { refusal: { status: 400, json: { error: "the body is not JSON" } } };
  }
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    CREDENTIALS.has(name) ? "[redacted]" : value,
  ]);
  const request: FakeRequest = {
    number: next(),
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    operation: matched?.operation.id,
    parameters: matched?.parameters ?? {},
    headers: Object.fromEntries(shown),
    body,
  };
  return { request, authorization: headers["authorization"] };
}
