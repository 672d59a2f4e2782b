import { toBase64 } from "../../core/bytes.ts";
import {
  BOOLEAN,
  checkOptions,
  FUNCTION,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../../core/options.ts";
import { TRANSPORT_KINDS } from "../http/argument.ts";
import { timingOf } from "../http/clock.ts";
import { readBaseUrl } from "../http/origin.ts";
import { createScrubber, headerSecret, type Scrubber } from "../http/secrets.ts";
import { createTransport, type TransportOptions, type TransportSetup } from "../http/transport.ts";
import { identity } from "./operations.ts";
import { type KeycardSsoConnectionClient, ssoConnectionOf } from "./sso-connection.ts";
import { createTokenSource } from "./token.ts";

export interface KeycardOptions extends TransportOptions {
  /** A bearer token, or the credentials of a service account that gets one. */
  readonly credentials:
    | { readonly token: string }
    | { readonly clientId: string; readonly clientSecret: string };
  /** Default `https://api.keycard.ai`. The token comes from there too. */
  readonly baseUrl?: string | undefined;
  /** Refuses every answer that deviates from the specification. For tests. */
  readonly strict?: boolean | undefined;
  /** Gives the `X-Client-Request-ID` of an attempt, a UUID. */
  readonly requestId?: (() => string) | undefined;
}

const KINDS: OptionKinds<KeycardOptions> = {
  ...TRANSPORT_KINDS,
  credentials: OBJECT,
  baseUrl: TEXT,
  strict: BOOLEAN,
  requestId: FUNCTION,
};

export interface KeycardClient {
  readonly ssoConnection: KeycardSsoConnectionClient;
}

/** How requests are authorized. */
interface Authorization extends Pick<TransportSetup, "renew" | "headers"> {
  readonly scrubber: Scrubber;
}

function byToken(text: string): Authorization {
  const token = headerSecret(text, "token", identity.name);
  const headers = async () => ({ authorization: `Bearer ${token}` });
  return { scrubber: createScrubber([token]), headers };
}

function byServiceAccount(id: string, secret: string, options: KeycardOptions): Authorization {
  const clientId = headerSecret(id, "client id", identity.name);
  const clientSecret = headerSecret(secret, "client secret", identity.name);
  // RFC 6749, 2.3.1: both are form-encoded before they are joined.
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  const basic = toBase64(new TextEncoder().encode(pair));
  const scrubber = createScrubber([clientSecret, pair, basic]);
  const baseUrl = baseUrlOf(options);
  const transport = createTransport(
    {
      identity,
      baseUrl,
      scrubber,
      headers: async () => ({ authorization: `Basic ${basic}` }),
    },
    options,
  );
  const source = createTokenSource({
    transport,
    clock: timingOf(options),
    scrubber,
    strict: options.strict ?? false,
    host: baseUrl.host,
  });
  return {
    scrubber,
    headers: async (call) => ({ authorization: `Bearer ${await source.token(call)}` }),
    renew: (refused) => {
      source.forget(refused["authorization"]?.slice("Bearer ".length) ?? "");
      return true;
    },
  };
}

function authorizationOf(
  credentials: KeycardOptions["credentials"],
  options: KeycardOptions,
): Authorization {
  if ("token" in credentials) return byToken(credentials.token);
  return byServiceAccount(credentials.clientId, credentials.clientSecret, options);
}

function baseUrlOf({ baseUrl = "https://api.keycard.ai" }: KeycardOptions): URL {
  return readBaseUrl(baseUrl, identity.name);
}

/**
 * A client of Keycard's SSO connections. Throws `ProviderError`.
 *
 * The token of a service account is fetched once for all waiting calls, renewed before it expires
 * and after it was refused; a failure to fetch it is not cached.
 *
 * @example
 * ```ts
 * import { createKeycardClient } from "samlcert/keycard";
 *
 * const client = createKeycardClient({
 *   credentials: {
 *     clientId: process.env["KEYCARD_CLIENT_ID"] ?? "",
 *     clientSecret: process.env["KEYCARD_CLIENT_SECRET"] ?? "",
 *   },
 * });
 * const { action } = await client.ssoConnection.ensure("my-organization", {
 *   identifier: "https://login.example.com",
 *   client_id: "keycard",
 * });
 * console.log(action);
 * ```
 */
export function createKeycardClient(options: KeycardOptions): KeycardClient {
  checkOptions(options, KINDS, "createKeycardClient");
  const { credentials } = Object(options) as KeycardOptions;
  const authorization = authorizationOf(Object(credentials), options);
  const requestId = options.requestId ?? (() => crypto.randomUUID());
  const setup: TransportSetup = {
    ...authorization,
    identity,
    baseUrl: baseUrlOf(options),
    headers: async (call) => ({
      ...(await authorization.headers(call)),
      "x-client-request-id": requestId(),
    }),
  };
  const transport = createTransport(setup, options);
  return { ssoConnection: ssoConnectionOf(transport, options.strict ?? false) };
}

/** Keycard stores one client secret, which a new one replaces at once, and no certificate. */
export const keycardCapabilities: {
  readonly certificates: false;
  readonly secretSlots: 1;
  readonly overlap: false;
} = { certificates: false, secretSlots: 1, overlap: false };
