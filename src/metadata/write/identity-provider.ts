import { ANY, checkOptions, type OptionKinds } from "../../core/options.ts";
import { bindings, SAML2_PROTOCOL } from "../../core/uris.ts";
import type { Attribute } from "../model/extension-types.ts";
import type { EntityDescriptor, IdentityProviderRole } from "../model/types.ts";
import { checkEntityOptions, entityOf, ssoRole } from "./entity.ts";
import { buildMetadata } from "./metadata.ts";
import { ENTITY_OPTIONS, type EndpointInput, type EntityOptions } from "./options.ts";
import { endpointOf, nonEmpty } from "./shorthands.ts";

/** The contents of identity provider metadata. */
export interface IdentityProviderOptions extends EntityOptions {
  /** Endpoints for requests. A string is a URL at both the HTTP-Redirect and the HTTP-POST binding. */
  readonly singleSignOnServices: readonly EndpointInput[];
  readonly nameIdMappingServices?: readonly EndpointInput[] | undefined;
  readonly assertionIdRequestServices?: readonly EndpointInput[] | undefined;
  readonly attributeProfiles?: readonly string[] | undefined;
  /** The attributes that it can assert. */
  readonly attributes?: readonly Attribute[] | undefined;
  readonly wantAuthnRequestsSigned?: boolean | undefined;
}

export const IDENTITY_PROVIDER_OPTIONS: OptionKinds<IdentityProviderOptions> = {
  ...ENTITY_OPTIONS,
  singleSignOnServices: ANY,
  nameIdMappingServices: ANY,
  assertionIdRequestServices: ANY,
  attributeProfiles: ANY,
  attributes: ANY,
  wantAuthnRequestsSigned: ANY,
};

/** The entity that the options describe. */
function identityProviderEntity(options: IdentityProviderOptions): EntityDescriptor {
  const soap = (
    list: readonly EndpointInput[] = [],
  ): IdentityProviderRole["nameIdMappingServices"] =>
    nonEmpty(list.map((input) => endpointOf(input, bindings.soap)));
  const role: IdentityProviderRole = {
    type: "IDPSSODescriptor",
    wantAuthnRequestsSigned: options.wantAuthnRequestsSigned,
    ...ssoRole(options, SAML2_PROTOCOL),
    singleSignOnServices: nonEmpty((options.singleSignOnServices ?? []).flatMap(signOnEndpoints)),
    nameIdMappingServices: soap(options.nameIdMappingServices),
    assertionIdRequestServices: soap(options.assertionIdRequestServices),
    attributeProfiles: nonEmpty(options.attributeProfiles),
    attributes: nonEmpty(options.attributes),
  };
  return entityOf(options, role);
}

function signOnEndpoints(
  input: EndpointInput,
): NonNullable<IdentityProviderRole["singleSignOnServices"]> {
  if (typeof input !== "string" && input?.binding !== undefined)
    return [endpointOf(input, input.binding)];
  return [endpointOf(input, bindings.redirect), endpointOf(input, bindings.post)];
}

/**
 * Builds SAML 2.0 metadata of an identity provider. The result is valid against the schemas; the same
 * options give the same text.
 *
 * Throws a `MetadataError` for a value that is missing or wrong, such as a URL that is not http(s), a
 * `CertificateError` for text that is not a certificate, and a `TypeError` for an unknown option.
 *
 * Source: SAML V2.0 Metadata, 2.4.3.
 *
 * @example
 * ```ts
 * import { createTestCertificate } from "samlcert/testing";
 * import { buildIdentityProviderMetadata } from "samlcert/metadata";
 *
 * const { certificate } = await createTestCertificate();
 * const xml: string = buildIdentityProviderMetadata({
 *   entityId: "https://idp.example.com/saml",
 *   singleSignOnServices: ["https://idp.example.com/sso"],
 *   signingCertificates: [certificate],
 * });
 * console.log(xml);
 * ```
 */
export function buildIdentityProviderMetadata(options: IdentityProviderOptions): string {
  checkOptions(options, IDENTITY_PROVIDER_OPTIONS, "buildIdentityProviderMetadata");
  checkEntityOptions(options);
  return buildMetadata(identityProviderEntity(options), { format: options.format });
}
