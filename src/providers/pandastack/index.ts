export { type Outcome, ProviderError, type ProviderIssue } from "../error.ts";
export type { TimingOptions } from "../http/clock.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "../http/hooks.ts";
export type { CallOptions } from "../http/operation.ts";
export type { TransportOptions } from "../http/transport.ts";
export {
  createPandaStackClient,
  type PandaStackCallOptions,
  type PandaStackClient,
  type PandaStackDeleteOptions,
  type PandaStackOptions,
  type PandaStackSso,
} from "./client.ts";
export type { JsonValue, PandaStackBody } from "./types.ts";
