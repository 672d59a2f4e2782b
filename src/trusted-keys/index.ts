export { type Outcome, ProviderError } from "../providers/error.ts";
export type { Fetch } from "../providers/http/attempt.ts";
export {
  createMetadataSource,
  type MetadataDocument,
  type MetadataOrigin,
  type MetadataSource,
  type MetadataSourceOptions,
  type ReadOptions,
} from "./source.ts";
export type { Address, Lookup } from "./target.ts";
