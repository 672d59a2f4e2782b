import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorCode } from "../../core/error-code.ts";
import { unixSeconds } from "../../core/time.ts";
import { page, prometheus } from "../../watch/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import { outputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import type { ServiceState } from "./service.ts";

/** A server of a service. */
export interface WatchServer {
  readonly url: string;
  close(): Promise<void>;
}

const DEFAULT_ADDRESS = "127.0.0.1:9794";

/** Runs without a fresh look before the service counts as ill. */
const MAX_MISSED = 3;

type Answer = readonly [status: number, type: string, body: string];

const ROUTES: Readonly<Record<string, (state: ServiceState, io: Io) => Answer>> = {
  "/metrics": ({ statuses }, io) => [
    200,
    "text/plain; version=0.0.4; charset=utf-8",
    prometheus(statuses, { now: io.now() }),
  ],
  "/healthz": health,
  "/": ({ statuses }, io) => [200, "text/html; charset=utf-8", page(statuses, { now: io.now() })],
};

/** 200 as long as looks succeed; the connections may need attention all the same. */
function health({ statuses, lookedAt, failure, everySeconds }: ServiceState, io: Io): Answer {
  const age = lookedAt === undefined ? undefined : unixSeconds(io.now()) - lookedAt;
  const isFresh = age !== undefined && age <= MAX_MISSED * everySeconds;
  const isWell = isFresh && failure === undefined;
  const body = {
    status: isWell ? "ok" : lookedAt === undefined && failure === undefined ? "starting" : "ill",
    ...(lookedAt !== undefined && { lookedAt }),
    ...(failure !== undefined && { failure }),
    connections: statuses.length,
    needAttention: statuses.filter(({ actionNeeded }) => actionNeeded).length,
  };
  return [isWell ? 200 : 503, "application/json", `${JSON.stringify(body)}\n`];
}

/** Starts to answer. */
export async function listen(
  address: string | undefined,
  state: () => ServiceState,
  io: Io,
): Promise<WatchServer> {
  const { host, port } = addressOf(address ?? DEFAULT_ADDRESS);
  const server = createServer((request, response) => {
    const route = ROUTES[new URL(request.url ?? "/", "http://localhost").pathname];
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (route === undefined) send(response, [404, "text/plain", "Not found.\n"]);
    else if (!isRead) send(response, [405, "text/plain", "Only GET.\n"]);
    else send(response, route(state(), io));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      const reason = errorCode(error);
      reject(outputError("cli.port_unavailable", { port: `${host}:${port}`, reason }));
    });
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, [status, type, body]: Answer): void {
  response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff" });
  response.end(body);
}

function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits = ""] =
    /^(?:\[([\da-f:]+)\]|([^:[\]]*)):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === "" || port > 65_535) {
    throw invalidValue("listen", text, "Write it as 127.0.0.1:9794 or [::1]:9794.");
  }
  return { host: bracketed ?? (plain || "127.0.0.1"), port };
}
