export { type Outcome, ProviderError, type ProviderIssue } from "../error.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "../hooks.ts";
export type { CallOptions } from "../operation.ts";
export type { TransportOptions } from "../transport.ts";
export {
  createKeycardClient,
  type KeycardClient,
  type KeycardOptions,
  keycardCapabilities,
} from "./client.ts";
export type { KeycardSsoConnectionClient, RetrieveOptions } from "./sso-connection.ts";
export type {
  EnableSsoConnectionBody,
  EnsuredSsoConnection,
  KeycardProtocols,
  KeycardSsoConnection,
  UpdateSsoConnectionBody,
} from "./types.ts";
