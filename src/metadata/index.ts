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
export { type ServiceProviderPreset, serviceProviderPresets } from "./build/presets.ts";
export {
  buildServiceProviderMetadata,
  type ServiceProviderOptions,
} from "./build/service-provider.ts";
export { metadataCodes } from "./codes.ts";
export {
  type DiffInput,
  diffMetadata,
  type MetadataChange,
  type MetadataDiff,
} from "./diff/index.ts";
export type { KeyChange, RotationStage } from "./diff/keys.ts";
export type * from "./extension-types.ts";
export { encryptionCertificates, signingCertificates } from "./keys.ts";
export {
  bindings,
  encryptionAlgorithms,
  nameIdFormats,
  namespaces,
  SAML2_PROTOCOL,
} from "./namespaces.ts";
export {
  checkQueryAnswer,
  type MetadataQueryOptions,
  metadataQueryUrl,
  type QueryAnswerOptions,
} from "./query.ts";
export {
  type ParseOptions,
  parseMetadata,
  type ReadMetadata,
  type UntrustedMetadata,
} from "./read/parse.ts";
export type { Profile } from "./rules/rule.ts";
export { type ReadEntitiesOptions, readEntities } from "./stream/entities.ts";
export type { OctetSource } from "./stream/feed.ts";
export type { EntitySelection } from "./stream/selection.ts";
export {
  type EndpointSummary,
  type EntitySummary,
  summarizeEntities,
} from "./stream/summary.ts";
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
export type { XmlLimits } from "./xml/limits.ts";
