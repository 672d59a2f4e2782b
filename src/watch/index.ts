export type { WatchPolicy } from "./assess.ts";
export { type PageOptions, page } from "./faces/page.ts";
export { prometheus } from "./faces/prometheus.ts";
export type { LookContext, Seen, Snapshot, SourceDetails, WatchSource } from "./source.ts";
export { type WatchStoreOptions, watchStore } from "./sources/store.ts";
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
