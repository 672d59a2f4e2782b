import { need } from "../../core/argument.ts";
import { type ProviderError, providerError } from "../error.ts";

/** Names and addresses of this very machine (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname === "[::1]" ||
    hostname === "::1" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/** The first thing that is wrong with a URL that credentials are sent to. */
function baseUrlProblem({ username, password, search, hash, protocol, hostname }: URL) {
  if (username !== "" || password !== "") return "contains a user name or password";
  if (search !== "" || hash !== "") return "contains a query or a fragment";
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return undefined;
  return `uses ${protocol.slice(0, -1)} for ${hostname}, and credentials are only sent encrypted`;
}

/**
 * The only origin that a client's credentials are sent to: https, or http to this machine. A path is
 * kept as a prefix. Throws a `ProviderError`, which does not repeat a URL that contains a password.
 */
export function readBaseUrl(text: string, provider: string): URL {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? "is not a URL" : baseUrlProblem(url);
  if (url === undefined || problem !== undefined) {
    const values = { problem: problem ?? "" };
    throw providerError("provider.base_url", values, { provider, outcome: "not_applied" });
  }
  url.pathname = url.pathname.replace(/\/$/, "");
  return url;
}

/** An argument that the provider's documentation rules out; nothing was sent. */
export function argumentError(argument: string, problem: string, provider: string): ProviderError {
  const values = { argument, problem };
  return providerError("provider.argument", values, { provider, outcome: "not_applied" });
}

/** A path segment that a URL parser would swallow or act upon (WHATWG URL, 4.1). */
const DOTS = new Set(["", ".", ".."]);

export type RouteParameters = Readonly<Record<string, string | number>>;
type QueryValue = string | number | boolean | undefined;
/** A list is written as a repeated parameter. */
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** The text of an identifier that fits into one path segment. */
export function identifierText(name: string, value: unknown, provider: string): string {
  const text = typeof value === "string" || Number.isSafeInteger(value) ? String(value) : "";
  if (!DOTS.has(text) && text.length <= 1024 && !/\p{Surrogate}/u.test(text)) return text;
  throw argumentError(name, "is not an identifier of the provider", provider);
}

/** The path of a route with its parameters encoded, so that none can leave its segment. */
export function fillRoute(route: string, parameters: RouteParameters, provider: string): string {
  return route.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
    return encodeURIComponent(identifierText(name, parameters[name], provider));
  });
}

const SCALARS = new Set(["string", "number", "boolean"]);

/** The URL of a call: always below the base URL. */
export function callUrl(base: URL, path: string, query: Query = {}): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/$/, "")}${path}`;
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one === undefined) continue;
      need(
        () => SCALARS.has(typeof one),
        `The query parameter ${name}`,
        "text, a number, true or false",
      );
      url.searchParams.append(name, String(one));
    }
  }
  return url;
}
