import { BOOLEAN, checkOptions, type OptionKinds, oneOf, TEXT } from "../../core/options.ts";
import { TRANSPORT_KINDS } from "../http/argument.ts";
import { timingOf } from "../http/clock.ts";
import { argumentError, readBaseUrl } from "../http/origin.ts";
import { createScrubber, headerSecret } from "../http/secrets.ts";
import { createTransport, type TransportOptions } from "../http/transport.ts";
import { certificatesOf, type SendGridCertificates } from "./certificates.ts";
import { integrationsOf, type SendGridIntegrations } from "./integrations.ts";
import { identity } from "./operations.ts";
import { type SendGridTeammates, teammatesOf } from "./teammates.ts";

const REGIONS = { global: "https://api.sendgrid.com", eu: "https://api.eu.sendgrid.com" } as const;

export interface SendGridOptions extends TransportOptions {
  /** Starts with `SG.`; needs the scopes `sso.settings.*`, and `sso.teammates.*` for teammates. */
  readonly apiKey: string;
  /** `eu` for EU regional subusers. Default `global`. */
  readonly region?: keyof typeof REGIONS | undefined;
  /** Used instead of the region's: a test server or a proxy. It receives the key. */
  readonly baseUrl?: string | undefined;
  /**
   * Acts for a subuser (its user name, or `account-id <id>`), with the parent's key. SendGrid does
   * not document this header for SSO, which is set up at the top level of an account.
   */
  readonly onBehalfOf?: string | undefined;
  /** Refuses every answer that deviates from the specification. For tests. */
  readonly strict?: boolean | undefined;
}

const KINDS: OptionKinds<SendGridOptions> = {
  ...TRANSPORT_KINDS,
  apiKey: TEXT,
  region: oneOf(...Object.keys(REGIONS)),
  baseUrl: TEXT,
  onBehalfOf: TEXT,
  strict: BOOLEAN,
};

export interface SendGridClient {
  /** The origin that requests go to. */
  readonly origin: string;
  readonly certificates: SendGridCertificates;
  readonly integrations: SendGridIntegrations;
  readonly teammates: SendGridTeammates;
}

function behalf(value: string | undefined): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (/^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/.test(value)) {
    return { "on-behalf-of": value };
  }
  throw argumentError("onBehalfOf", "is not a user name or account id", identity.name);
}

/**
 * A client of SendGrid's SSO API: certificates, integrations and teammates.
 *
 * Reads are repeated after a temporary failure; a POST only if it certainly had no effect. Throws
 * `ProviderError`.
 *
 * @example
 * ```ts
 * import { createSendGridClient } from "samlcert/sendgrid";
 *
 * const client = createSendGridClient({ apiKey: process.env["SENDGRID_API_KEY"] ?? "" });
 * for (const integration of await client.integrations.list()) {
 *   for (const certificate of await client.certificates.list(integration.id)) {
 *     console.log(integration.name, certificate.id, certificate.not_after);
 *   }
 * }
 * ```
 */
export function createSendGridClient(options: SendGridOptions): SendGridClient {
  checkOptions(options, KINDS, "createSendGridClient");
  const apiKey = headerSecret(options?.apiKey, "API key", identity.name);
  const { region = "global", strict = false } = options;
  const baseUrl = readBaseUrl(options.baseUrl ?? REGIONS[region], identity.name);
  const scrubber = createScrubber([apiKey]);
  const headers = { authorization: `Bearer ${apiKey}`, ...behalf(options.onBehalfOf) };
  const transport = createTransport(
    { identity, baseUrl, scrubber, headers: async () => headers },
    options,
  );
  const context = { transport, clock: timingOf(options), strict };
  return {
    origin: baseUrl.origin,
    certificates: certificatesOf(context),
    integrations: integrationsOf(context),
    teammates: teammatesOf(context),
  };
}
