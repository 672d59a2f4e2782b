import type { NoAnswer } from "./attempt.ts";

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** Codes of Node and Bun for a connection that was never made. */
const NEVER_CONNECTED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ConnectionRefused: "the connection was refused",
  FailedToOpenSocket: "the connection was refused",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name cannot be resolved at the moment",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "there is no route to the network",
  ETIMEDOUT: "the connection attempt timed out",
  UND_ERR_CONNECT_TIMEOUT: "the connection attempt timed out",
};

/** The messages of runtimes for failures without a code. */
const NEVER_CONNECTED_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^bad port$/, "fetch does not connect to this port (Fetch standard, port blocking)"],
  [/connection refused/i, "the connection was refused"],
  [/dns error|failed to lookup address/i, "the host name is unknown"],
];

const CONNECTING = new Set(["connect", "getaddrinfo"]);

/** This side refused the server's certificate, before anything was sent. */
const TLS_REFUSAL = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/**
 * Classifies what `fetch` threw. Only a system code or a text of this file becomes the reason: a
 * foreign message may repeat a header.
 */
export function connectionFailure(error: unknown): NoAnswer {
  let current = error as SystemError | null | undefined;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth++) {
    const failure = ofOne(current);
    if (failure !== undefined) return failure;
    current = current.cause as SystemError | undefined;
  }
  return { kind: "network", reason: "no reason given" };
}

function ofOne({ code, syscall, message }: SystemError): NoAnswer | undefined {
  if (typeof code === "string" && /^[A-Za-z][A-Za-z0-9_]{2,60}$/.test(code)) {
    if (TLS_REFUSAL.test(code)) return { kind: "tls", reason: code };
    const known = NEVER_CONNECTED[code];
    if (known === undefined && !CONNECTING.has(String(syscall)))
      return { kind: "network", reason: code };
    // A read that times out has the code of a connection attempt that does.
    if (code === "ETIMEDOUT" && !CONNECTING.has(String(syscall)))
      return { kind: "network", reason: code };
    return { kind: "unreachable", reason: known === undefined ? code : `${known} (${code})` };
  }
  const text = typeof message === "string" ? message : "";
  const reason = NEVER_CONNECTED_TEXTS.find(([pattern]) => pattern.test(text))?.[1];
  return reason === undefined ? undefined : { kind: "unreachable", reason };
}
