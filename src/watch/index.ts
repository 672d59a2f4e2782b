export type { WatchPolicy } from "./assess.ts";
export { WatchError } from "./error.ts";
export { type CalendarOptions, calendar } from "./faces/calendar.ts";
export { github } from "./faces/github.ts";
export { type JunitOptions, junit } from "./faces/junit.ts";
export { type PageOptions, page } from "./faces/page/document.ts";
export { type PrometheusOptions, prometheus } from "./faces/prometheus.ts";
export { type SarifOptions, sarif } from "./faces/sarif.ts";
export {
  type AdaptiveCardAttachment,
  type WebhookBody,
  type WebhookEvent,
  type WebhookMessage,
  type WebhookOptions,
  webhook,
} from "./faces/webhook/message.ts";
export {
  type SendWebhookOptions,
  sendWebhook,
  type WebhookResult,
} from "./faces/webhook/send.ts";
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
export { type TableOptions, table } from "./table.ts";
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
