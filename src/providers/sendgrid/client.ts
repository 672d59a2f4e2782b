import { ProviderError } from "../error.ts";
import { systemClock } from "../http/clock.ts";
import { readBaseUrl } from "../http/origin.ts";
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
  /** In place of a region's: a test server or a proxy. The key is sent to it. */
  readonly baseUrl?: string | undefined;
  /**
   * Acts for a subuser (its user name, or `account-id <id>`), with the parent's key. SendGrid does
   * not document this header for SSO, which is set up at the top level of an account.
   */
  readonly onBehalfOf?: string | undefined;
  /** Refuses every answer that departs from the specification. For tests. */
  readonly strict?: boolean | undefined;
}

export interface SendGridClient {
  readonly certificates: SendGridCertificates;
  readonly integrations: SendGridIntegrations;
  readonly teammates: SendGridTeammates;
}

function behalf(value: string | undefined): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (typeof value === "string" && /^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/.test(value))
    return { "on-behalf-of": value };
  throw new ProviderError("provider.argument", "onBehalfOf is not a user name.", {
    provider: identity.name,
    outcome: "not_applied",
    hint: "Pass the subuser's user name, or `account-id` and the id.",
  });
}

/**
 * A client of SendGrid's SSO API: certificates, integrations and teammates.
 *
 * Reads are repeated after a failure that passes; a POST only where it surely had no effect. Throws
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
  const apiKey = headerSecret(options?.apiKey, "API key", identity.name);
  const baseUrl = readBaseUrl(
    options.baseUrl ?? REGIONS[options.region ?? "global"],
    identity.name,
  );
  const scrubber = createScrubber([apiKey]);
  const headers = { authorization: `Bearer ${apiKey}`, ...behalf(options.onBehalfOf) };
  const transport = createTransport(
    { identity, baseUrl, scrubber, headers: async () => headers },
    options,
  );
  const clock = { ...systemClock, ...options.clock };
  const context = { transport, clock, strict: options.strict ?? false };
  return {
    certificates: certificatesOf(context),
    integrations: integrationsOf(context),
    teammates: teammatesOf(context),
  };
}
