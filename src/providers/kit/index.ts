export {
  type DocumentParts,
  type DocumentReading,
  type DocumentStoreOptions,
  documentStore,
} from "./document-store.ts";
export { base64Of, pemOf } from "./entries.ts";
export { type ItemStoreOptions, type ItemWriteOptions, itemStore } from "./item-store.ts";
export { type ListReading, type ListStoreOptions, listStore } from "./list-store.ts";
export {
  identifyCertificate,
  memoryRecords,
  type StoreRecord,
  type StoreRecords,
} from "./records.ts";
export { type SlotStoreOptions, type Slots, slotStore } from "./slot-store.ts";
export type { StoreEntry, StoreOptions } from "./types.ts";
