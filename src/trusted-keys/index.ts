export { type Outcome, ProviderError } from "../providers/error.ts";
export type { Fetch } from "../providers/http/attempt.ts";
export { fileCache, type TrustedKeysCache } from "./cache.ts";
export { TrustedKeysError } from "./error.ts";
export type { TrustedKeySet } from "./key-set.ts";
export {
  createTrustedKeys,
  type IdpCertCallback,
  type TrustedKeys,
} from "./keys.ts";
export type { TrustedKeysOptions } from "./options.ts";
export type {
  FailureSummary,
  KeySummary,
  TrustedKeysChange,
  TrustedKeysEvent,
  TrustReport,
  TrustState,
} from "./report.ts";
export type { RefreshOptions } from "./schedule.ts";
export {
  createMetadataSource,
  type MetadataDocument,
  type MetadataOrigin,
  type MetadataSource,
  type MetadataSourceOptions,
  type ReadOptions,
} from "./source.ts";
export type { Address, Lookup } from "./target.ts";
