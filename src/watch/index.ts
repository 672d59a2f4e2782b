export type { WatchPolicy } from "./assess.ts";
export { WatchError } from "./error.ts";
export { type PageOptions, page } from "./faces/page.ts";
export { prometheus } from "./faces/prometheus.ts";
export type { LookContext, Seen, SourceDetails, WatchSource } from "./source.ts";
export {
  type WatchEnvironmentOptions,
  type WatchFilesOptions,
  watchEnvironment,
  watchFiles,
} from "./sources/files.ts";
export {
  type RequestOptions,
  type WatchMetadataOptions,
  watchMetadata,
} from "./sources/metadata.ts";
export { type WatchOwnKeysOptions, watchOwnKeys } from "./sources/own-keys.ts";
export { type WatchStoreOptions, watchStore } from "./sources/store.ts";
export { type WatchTrustedKeysOptions, watchTrustedKeys } from "./sources/trusted-keys.ts";
export {
  type ConnectionRecord,
  type KeptCertificate,
  openWatchState,
  type SourceRecords,
  type WatchState,
} from "./state.ts";
export { connectionStates, type StateWords } from "./states.ts";
export { table } from "./table.ts";
export type {
  CertificateStatus,
  ConnectionKind,
  ConnectionState,
  ConnectionStatus,
  NextStep,
  PlannedChange,
  UnstoredCertificate,
  WatchEvent,
  WatchEventType,
} from "./types.ts";
export { type WatchOptions, watch } from "./watch.ts";
