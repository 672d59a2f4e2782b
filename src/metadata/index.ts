export {
  buildIdentityProviderMetadata,
  type IdentityProviderOptions,
} from "./build/identity-provider.ts";
export {
  type FromIntegration,
  type IntegrationCertificate,
  type IntegrationNames,
  type IntegrationSignIn,
  identityProviderFromIntegration,
  type ServiceProviderFromIntegrationOptions,
  serviceProviderFromIntegration,
} from "./build/integration.ts";
export { type BuildOptions, buildMetadata } from "./build/metadata.ts";
export type {
  CertificateInput,
  ContactInput,
  EndpointInput,
  EntityOptions,
  IndexedEndpointInput,
  LocalizedInput,
  OrganizationInput,
  UiInput,
} from "./build/options.ts";
export {
  buildServiceProviderMetadata,
  type ServiceProviderOptions,
} from "./build/service-provider.ts";
export { metadataCodes } from "./codes.ts";
export type * from "./extension-types.ts";
export {
  bindings,
  encryptionAlgorithms,
  nameIdFormats,
  namespaces,
  SAML2_PROTOCOL,
} from "./namespaces.ts";
export {
  type ParseOptions,
  parseMetadata,
  type ReadMetadata,
  type UntrustedMetadata,
} from "./read/parse.ts";
export type { Profile } from "./rules/rule.ts";
export {
  type AcceptedEntity,
  acceptUnverified,
  type Inherited,
  type ReadEntity,
  type Trust,
  trustOf,
  type UntrustedEntity,
  type VerifiedEntity,
} from "./trust.ts";
export type * from "./types.ts";
export { type MetadataReport, type ValidateMetadataOptions, validateMetadata } from "./validate.ts";
