import type { Values } from "../../core/codes/code.ts";
import { metadataWriteCodes } from "../../core/codes/metadata/write.ts";
import type { Finding, Severity } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";
import { checkOptions, oneOf } from "../../core/options.ts";
import { urlFault } from "../elements/uri.ts";
import { IDENTITY_PROVIDER_OPTIONS, type IdentityProviderOptions } from "./identity-provider.ts";
import { namesIdentityProvider } from "./issuers.ts";
import type { CertificateInput } from "./options.ts";
import { SERVICE_PROVIDER_OPTIONS, type ServiceProviderOptions } from "./service-provider.ts";

/**
 * The fields of a provider's integration that metadata is made from. In SendGrid's, `entity_id` is
 * the identity provider's issuer; the service provider is named by `audience_url`.
 */
export interface IntegrationNames {
  readonly entity_id?: string | null | undefined;
  readonly single_signon_url?: string | null | undefined;
  readonly audience_url?: string | null | undefined;
}

/** The fields that describe the identity provider. */
export interface IntegrationSignIn {
  readonly entity_id?: string | null | undefined;
  readonly signin_url?: string | null | undefined;
  readonly signout_url?: string | null | undefined;
}

/** A provider's stored certificate, or what a builder takes. */
export type IntegrationCertificate = CertificateInput | { readonly public_certificate: string };

/** Options from an integration, and the findings about it. */
export type FromIntegration<Options> = Options & { readonly findings: readonly Finding[] };

/** Further contents of the metadata, and the field that names the service provider. */
export interface ServiceProviderFromIntegrationOptions
  extends Partial<Omit<ServiceProviderOptions, "entityId" | "assertionConsumerServices">> {
  /** Default: `audience_url`. `entity_id` for a provider whose `entity_id` names the service provider. */
  readonly entityIdFrom?: "audience_url" | "entity_id" | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

interface Expectation {
  readonly field: string;
  /** A name can be a URN; a location cannot. */
  readonly kind: "name" | "location";
  /** The metadata cannot be written without it. */
  readonly needed: boolean;
}

/**
 * The options for `buildServiceProviderMetadata` from a provider's integration: the entityID from
 * `audience_url` (or from `entity_id`, if `entityIdFrom` says so), the assertion consumer service from
 * `single_signon_url`.
 *
 * Never throws because of the fields: `findings` says what is wrong with them, and the builder refuses
 * options with a finding of severity `error`.
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
  const entityIdFromKind = oneOf("audience_url", "entity_id");
  const kinds = { ...SERVICE_PROVIDER_OPTIONS, entityIdFrom: entityIdFromKind };
  checkOptions<ServiceProviderFromIntegrationOptions>(
    options,
    kinds,
    "serviceProviderFromIntegration",
  );
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
 * The options for `buildIdentityProviderMetadata` from a provider's integration: what the provider has
 * stored about the identity provider. See `serviceProviderFromIntegration`.
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
  checkOptions(options, IDENTITY_PROVIDER_OPTIONS, "identityProviderFromIntegration");
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
  if (value.trim() === "") {
    return needed
      ? [finding("integration.missing", field, { field })]
      : [finding("integration.incomplete", field, { field, meaning: MEANINGS[field] ?? "" })];
  }
  const isName = kind === "name" && /^urn:[a-z0-9][a-z0-9-]*:[!-~]+$/i.test(value);
  const reason = isName ? undefined : urlFault(value);
  if (reason !== undefined) {
    const severity = needed ? "error" : "warning";
    return [finding("integration.invalid", field, { field, reason }, severity)];
  }
  return kind === "location" && !/^https:/i.test(value)
    ? [finding("integration.insecure", field, { field })]
    : [];
}

/** The meaning of fields that the metadata does not need. */
const MEANINGS: Readonly<Record<string, string>> = {
  entity_id: "the issuer that the identity provider shows in its settings",
  audience_url: "the audience that the identity provider writes into assertions",
  signout_url: "the URL where the identity provider ends sessions, if it does",
};

function checkNames(fields: Fields, source: "audience_url" | "entity_id"): readonly Finding[] {
  const name = text(fields[source]);
  const other = text(fields[source === "entity_id" ? "audience_url" : "entity_id"]);
  const product = namesIdentityProvider(name);
  if (product !== undefined) {
    return [finding("integration.names_identity_provider", source, { field: source, product })];
  }
  return name !== "" && name === other && source === "audience_url"
    ? [finding("integration.same_name", "entity_id", {})]
    : [];
}

function finding(
  code: keyof typeof metadataWriteCodes,
  path: string,
  values: Values,
  severity?: Severity,
): Finding {
  return findingOf(metadataWriteCodes, { code, values, at: { path } }, severity);
}
