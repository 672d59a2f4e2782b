export type { Fetch } from "../attempt.ts";
export { type Outcome, ProviderError } from "../error.ts";
export {
  createMetadataSource,
  type MetadataDocument,
  type MetadataOrigin,
  type MetadataSource,
  type MetadataSourceOptions,
  type ReadOptions,
} from "./source.ts";
export type { Address, Lookup } from "./target.ts";
