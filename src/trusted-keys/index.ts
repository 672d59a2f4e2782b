export { type Outcome, ProviderError } from "../providers/error.ts";
export type { Fetch } from "../providers/http/attempt.ts";
export { fileCache, type TrustedKeysCache } from "./cache.ts";
export type { KeyObservation } from "./confirm.ts";
export type { DriftAction, DriftKind, DriftOptions } from "./drift.ts";
export { TrustedKeysError } from "./error.ts";
export type { KeyFault } from "./key-faults.ts";
export type { TrustedKeySet } from "./key-set.ts";
export { createTrustedKeys, type IdpCertCallback, type TrustedKeys } from "./keys.ts";
export type { FollowedProvider, FollowOptions, TrustedKeysOptions } from "./options.ts";
export type {
  Drift,
  FailureSummary,
  KeySummary,
  StagedKey,
  TrustedKeySummary,
  TrustedKeysChange,
  TrustedKeysEvent,
  TrustReport,
  TrustState,
} from "./report.ts";
export type { RefreshOptions } from "./schedule.ts";
export type { Contents, Verification, Wanted } from "./source/contents.ts";
export type {
  DocumentVersion,
  EntityAnswer,
  EntityRequest,
  MetadataDocument,
  MetadataOrigin,
  MetadataSource,
  ReadOptions,
} from "./source/document.ts";
export type { MetadataQuery, MetadataSourceOptions } from "./source/options.ts";
export { createMetadataSource } from "./source/source.ts";
export type { Address, Lookup } from "./source/target.ts";
export { createTenantKeys, type TenantKeys, type TenantKeysOptions } from "./tenants.ts";
