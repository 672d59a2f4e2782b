export { type Outcome, ProviderError, type ProviderIssue } from "../error.ts";
export type { TimingOptions } from "../http/clock.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "../http/hooks.ts";
export type { CallOptions } from "../http/operation.ts";
export type { TransportOptions } from "../http/transport.ts";
export {
  createKeycardClient,
  type KeycardClient,
  type KeycardOptions,
  keycardCapabilities,
} from "./client.ts";
export type {
  KeycardCallOptions,
  KeycardSsoConnectionClient,
  RetrieveOptions,
} from "./sso-connection.ts";
export type {
  EnableSsoConnectionBody,
  EnsuredSsoConnection,
  KeycardProtocols,
  KeycardSsoConnection,
  UpdateSsoConnectionBody,
} from "./types.ts";
