/** The answer of a fake. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export function bodyOf({ json, text }: Reply): string {
  return text ?? (json === undefined ? "" : JSON.stringify(json));
}

/** The headers of a reply, besides its length. */
export function headersOf(reply: Reply, requestNumber: number): Record<string, string> {
  const type = reply.json === undefined ? "text/plain; charset=utf-8" : "application/json";
  return {
    ...(bodyOf(reply) === "" ? {} : { "content-type": type }),
    "x-request-id": `fake-${requestNumber}`,
    ...reply.headers,
  };
}
