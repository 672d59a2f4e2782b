import { need } from "../../core/argument.ts";
import type { SamlCertCode } from "../../core/codes/index.ts";
import { ProviderError } from "../error.ts";

function refuse(
  message: string,
  hint: string,
  provider: string,
  code: SamlCertCode,
): ProviderError {
  return new ProviderError(code, message, { provider, outcome: "not_applied", hint });
}

/** Names and addresses of this very machine (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname === "[::1]" ||
    hostname === "::1" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * The only place that a client's credentials are sent to: https, or http to this machine. A path is
 * kept as a prefix. Throws a `ProviderError`, which does not repeat a URL that holds a password.
 */
export function readBaseUrl(text: string, provider: string): URL {
  const hint = "Give an https URL such as https://api.example.com; http is for this machine only.";
  const code = "provider.base_url";
  if (typeof text !== "string" || !URL.canParse(text)) {
    throw refuse("The base URL is not a URL.", hint, provider, code);
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw refuse("The base URL holds a user name or password.", hint, provider, code);
  }
  if (url.search !== "" || url.hash !== "") {
    throw refuse("The base URL holds a query or a fragment.", hint, provider, code);
  }
  const secure = url.protocol === "https:";
  if (!secure && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw refuse(
      `Credentials are not sent to ${url.protocol}//${url.hostname}: the connection is not encrypted.`,
      hint,
      provider,
      code,
    );
  }
  url.pathname = url.pathname.replace(/\/$/, "");
  return url;
}

/** A path segment that a URL parser would swallow or act upon (WHATWG URL, 4.1). */
const DOTS = new Set(["", ".", ".."]);

export type RouteParameters = Readonly<Record<string, string | number>>;
type QueryValue = string | number | boolean | undefined;
/** A list is written as the same parameter again and again. */
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** The text of an identifier: one that a path can hold, and that says nothing else in it. */
export function identifierText(name: string, value: unknown, provider: string): string {
  const text = typeof value === "string" || Number.isSafeInteger(value) ? String(value) : "";
  if (!DOTS.has(text) && text.length <= 1024 && !/\p{Surrogate}/u.test(text)) return text;
  throw refuse(
    `${name} is not an identifier.`,
    `Pass the ${name} as the provider gave it.`,
    provider,
    "provider.argument",
  );
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
