export type { MetadataRuleCode } from "../core/codes/metadata/rules.ts";
export {
  bindings,
  encryptionAlgorithms,
  nameIdFormats,
  namespaces,
  SAML2_PROTOCOL,
} from "../core/uris.ts";
export type { XmlLimits } from "../xml/limits.ts";
export {
  type DiffInput,
  diffMetadata,
  type MetadataChange,
  type MetadataDiff,
} from "./diff/index.ts";
export type { KeyChange, RotationStage } from "./diff/keys.ts";
export type * from "./model/extension-types.ts";
export { signingKeyFindings } from "./model/key-findings.ts";
export { encryptionCertificates, signingCertificates } from "./model/keys.ts";
export {
  type AcceptedEntity,
  acceptUnverified,
  type Inherited,
  type ReadEntity,
  type Trust,
  trustOf,
  type UntrustedEntity,
  type VerifiedEntity,
} from "./model/trust.ts";
export type * from "./model/types.ts";
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
export {
  type MetadataProfile,
  metadataProfiles,
  type Profile,
  type ProfileName,
} from "./rules/profiles.ts";
export { type ReadEntitiesOptions, readEntities } from "./stream/entities.ts";
export type { OctetSource } from "./stream/feed.ts";
export type { EntitySelection } from "./stream/selection.ts";
export {
  type EndpointSummary,
  type EntitySummary,
  summarizeEntities,
} from "./stream/summary.ts";
export { type MetadataReport, type ValidateMetadataOptions, validateMetadata } from "./validate.ts";
export {
  buildIdentityProviderMetadata,
  type IdentityProviderOptions,
} from "./write/identity-provider.ts";
export {
  type FromIntegration,
  type IntegrationCertificate,
  type IntegrationNames,
  type IntegrationSignIn,
  identityProviderFromIntegration,
  type ServiceProviderFromIntegrationOptions,
  serviceProviderFromIntegration,
} from "./write/integration.ts";
export { type BuildOptions, buildMetadata } from "./write/metadata.ts";
export type {
  CertificateInput,
  ContactInput,
  EndpointInput,
  EntityOptions,
  ExtensionsInput,
  IndexedEndpointInput,
  LocalizedInput,
  OrganizationInput,
  TimeInput,
  UiInput,
} from "./write/options.ts";
export {
  type PresetProduct,
  presetProducts,
  type ServiceProviderPresetName,
} from "./write/preset-products.ts";
export { type ServiceProviderPreset, serviceProviderPresets } from "./write/presets.ts";
export {
  buildServiceProviderMetadata,
  type ServiceProviderOptions,
} from "./write/service-provider.ts";
