export { type Outcome, ProviderError, type ProviderIssue } from "./error.ts";
export type { TimingOptions } from "./http/clock.ts";
export {
  base64Of,
  type DocumentParts,
  type DocumentReading,
  type DocumentStoreOptions,
  documentStore,
  type ItemStoreOptions,
  type ItemWriteOptions,
  identifyCertificate,
  itemStore,
  type ListReading,
  type ListStoreOptions,
  listStore,
  memoryRecords,
  pemOf,
  type SlotStoreOptions,
  type Slots,
  type StoreEntry,
  type StoreOptions,
  type StoreRecord,
  type StoreRecords,
  slotStore,
} from "./kit/index.ts";
export type {
  CertificateStore,
  StoreCallOptions,
  StoreCapabilities,
  StoredCertificate,
  StoreRemoveOptions,
  StoreWriteOptions,
} from "./store.ts";
