import type { SamlCertCode } from "../../core/codes/index.ts";
import type { CodeEntry, Finding, Severity } from "../../core/finding.ts";
import { urlFault } from "../elements/uri.ts";
import type { IdentityProviderOptions } from "./identity-provider.ts";
import { namesIdentityProvider } from "./issuers.ts";
import type { CertificateInput } from "./options.ts";
import type { ServiceProviderOptions } from "./service-provider.ts";

/**
 * The fields of a provider's integration that metadata is made from. In SendGrid's, `entity_id` is
 * the identity provider's issuer; the service provider is named by `audience_url`.
 */
export interface IntegrationNames {
  readonly entity_id?: string | null | undefined;
  readonly single_signon_url?: string | null | undefined;
  readonly audience_url?: string | null | undefined;
}

/** The fields that say where the identity provider is. */
export interface IntegrationSignIn {
  readonly entity_id?: string | null | undefined;
  readonly signin_url?: string | null | undefined;
  readonly signout_url?: string | null | undefined;
}

/** A provider's stored certificate, or what a builder takes. */
export type IntegrationCertificate = CertificateInput | { readonly public_certificate: string };

/** Options that came from an integration, and what was noticed about it. */
export type FromIntegration<Options> = Options & { readonly findings: readonly Finding[] };

/** What else goes into the metadata, and which field names the service provider. */
export interface ServiceProviderFromIntegrationOptions
  extends Partial<Omit<ServiceProviderOptions, "entityId" | "assertionConsumerServices">> {
  /** `audience_url` by default; `entity_id` for a provider whose `entity_id` names itself. */
  readonly entityIdFrom?: "audience_url" | "entity_id" | undefined;
}

const INTEGRATION = "SendGrid SSO API, and its guide to single sign-on settings";

/** The findings about an integration. */
export const integrationCodes: readonly CodeEntry[] = [
  {
    code: "integration.missing",
    severity: "error",
    summary: "A field of the integration that metadata needs is missing or empty.",
    hint: "Read the integration again, or fill in the field at the provider.",
    source: INTEGRATION,
  },
  {
    code: "integration.invalid",
    severity: "error",
    summary:
      "A field of the integration is not an absolute http(s) URL, nor a URN where a name may be one.",
    hint: "Correct the field at the provider.",
    source: INTEGRATION,
  },
  {
    code: "integration.insecure",
    severity: "warning",
    summary: "A URL of the integration is not https.",
    hint: "Use https, or assertions travel in the clear.",
    source: "SAML V2.0 Deployment Profile (saml2int), SDP-SP03",
  },
  {
    code: "integration.names_identity_provider",
    severity: "warning",
    summary: "The service provider's name is that of an identity provider.",
    hint: "Name it by audience_url, which is the default.",
    source: INTEGRATION,
  },
  {
    code: "integration.same_name",
    severity: "warning",
    summary: "entity_id and audience_url are the same: both sides of the connection have one name.",
    hint: "Set entity_id to the issuer that the identity provider shows in its settings.",
    source: "SAML V2.0 Core, 8.3.6",
  },
];

type Fields = Readonly<Record<string, unknown>>;

interface Expectation {
  readonly field: string;
  /** A name may be a URN; a place to go to may not. */
  readonly kind: "name" | "location";
  /** The metadata cannot be made without it. */
  readonly needed: boolean;
}

/**
 * The options for `buildServiceProviderMetadata` from a provider's integration: the entityID from
 * `audience_url` (or from `entity_id` when told so), the assertion consumer service from
 * `single_signon_url`.
 *
 * Never throws. `findings` says what is wrong with the fields; the builder refuses options with a
 * finding of severity `error`.
 *
 * @example
 * ```ts
 * import { buildServiceProviderMetadata, serviceProviderFromIntegration } from "samlcert/metadata";
 *
 * const options = serviceProviderFromIntegration({
 *   entity_id: "http://www.okta.com/exk1234",
 *   single_signon_url: "https://sp.example.com/saml/response/id/1",
 *   audience_url: "https://sp.example.com/saml/response/id/1",
 * });
 * for (const finding of options.findings) console.warn(finding.message);
 * const xml: string = buildServiceProviderMetadata(options);
 * console.log(xml);
 * ```
 */
export function serviceProviderFromIntegration(
  integration: IntegrationNames,
  options: ServiceProviderFromIntegrationOptions = {},
): FromIntegration<ServiceProviderOptions> {
  const { entityIdFrom = "audience_url", ...rest } = options ?? {};
  const fields: Fields = Object(integration);
  const findings = [
    ...checkFields(fields, [
      { field: "entity_id", kind: "name", needed: entityIdFrom === "entity_id" },
      { field: "single_signon_url", kind: "location", needed: true },
      { field: "audience_url", kind: "name", needed: entityIdFrom === "audience_url" },
    ]),
    ...checkNames(fields, entityIdFrom),
  ];
  return {
    ...rest,
    entityId: text(fields[entityIdFrom]),
    assertionConsumerServices: [text(fields["single_signon_url"])],
    findings,
  };
}

/**
 * The options for `buildIdentityProviderMetadata` from a provider's integration: what the service
 * provider believes about the identity provider. Never throws; see `serviceProviderFromIntegration`.
 *
 * @example
 * ```ts
 * import { buildIdentityProviderMetadata, identityProviderFromIntegration } from "samlcert/metadata";
 *
 * const options = identityProviderFromIntegration(
 *   {
 *     entity_id: "http://www.okta.com/exk1234",
 *     signin_url: "https://example.okta.com/app/exk1234/sso/saml",
 *     signout_url: "https://example.okta.com/app/exk1234/slo/saml",
 *   },
 *   [],
 * );
 * const xml: string = buildIdentityProviderMetadata(options);
 * console.log(xml);
 * ```
 */
export function identityProviderFromIntegration(
  integration: IntegrationSignIn,
  certificates: readonly IntegrationCertificate[],
  options: Partial<Omit<IdentityProviderOptions, "entityId" | "singleSignOnServices">> = {},
): FromIntegration<IdentityProviderOptions> {
  const fields: Fields = Object(integration);
  const signOut = text(fields["signout_url"]);
  const findings = checkFields(fields, [
    { field: "entity_id", kind: "name", needed: true },
    { field: "signin_url", kind: "location", needed: true },
    { field: "signout_url", kind: "location", needed: false },
  ]);
  return {
    signingCertificates: [certificates ?? []]
      .flat()
      .map((certificate) =>
        typeof certificate === "object" &&
        certificate !== null &&
        "public_certificate" in certificate
          ? certificate.public_certificate
          : certificate,
      ),
    ...(urlFault(signOut) === undefined ? { singleLogoutServices: [signOut] } : {}),
    ...options,
    entityId: text(fields["entity_id"]),
    singleSignOnServices: [text(fields["signin_url"])],
    findings,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function checkFields(fields: Fields, expectations: readonly Expectation[]): readonly Finding[] {
  return expectations.flatMap((expectation) => checkField(fields, expectation));
}

function checkField(fields: Fields, { field, kind, needed }: Expectation): readonly Finding[] {
  const value = text(fields[field]);
  const severity = needed ? "error" : "warning";
  if (value.trim() === "") return [missing(field, needed)];
  const isName = kind === "name" && /^urn:[a-z0-9][a-z0-9-]*:[!-~]+$/i.test(value);
  const fault = isName ? undefined : urlFault(value);
  if (fault !== undefined) {
    const message = `The integration's ${field} cannot be used: ${fault}.`;
    return [finding("integration.invalid", field, message, severity)];
  }
  if (kind === "location" && !/^https:/i.test(value)) {
    return [finding("integration.insecure", field, `The integration's ${field} is not https.`)];
  }
  return [];
}

/** What it is for, where the metadata can be made without it. */
const MEANINGS: Readonly<Record<string, string>> = {
  entity_id: "the issuer that the identity provider shows in its settings",
  audience_url: "the audience that the identity provider is told to write into assertions",
  signout_url: "where the identity provider ends sessions, if it does",
};

function missing(field: string, needed: boolean): Finding {
  const message = `The integration has no ${field}.`;
  if (needed) return finding("integration.missing", field, message);
  const hint = `The metadata is complete without it; at the provider it is to be ${MEANINGS[field]}.`;
  return { ...finding("integration.missing", field, message, "warning"), hint };
}

function checkNames(fields: Fields, source: "audience_url" | "entity_id"): readonly Finding[] {
  const name = text(fields[source]);
  const other = text(fields[source === "entity_id" ? "audience_url" : "entity_id"]);
  const issuer = namesIdentityProvider(name);
  if (issuer !== undefined) {
    const message = `${source} is to name the service provider, but it names an identity provider (${issuer}).`;
    return [finding("integration.names_identity_provider", source, message)];
  }
  if (name !== "" && name === other && source === "audience_url") {
    return [
      finding("integration.same_name", "entity_id", "entity_id and audience_url are the same."),
    ];
  }
  return [];
}

function finding(code: SamlCertCode, path: string, message: string, severity?: Severity): Finding {
  const entry = integrationCodes.find((candidate) => candidate.code === code);
  return {
    code,
    severity: severity ?? ((entry?.severity ?? "warning") as Severity),
    message,
    hint: entry?.hint ?? "",
    at: { path },
  };
}
