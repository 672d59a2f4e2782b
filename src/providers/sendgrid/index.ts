export { type Outcome, ProviderError, type ProviderIssue } from "../error.ts";
export type { TimingOptions } from "../http/clock.ts";
export type { WithRaw } from "../http/decode.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "../http/hooks.ts";
export type { CallOptions } from "../http/operation.ts";
export type { TransportOptions } from "../http/transport.ts";
export type {
  CertificateStore,
  StoreCallOptions,
  StoreCapabilities,
  StoredCertificate,
  StoreWriteOptions,
} from "../store.ts";
export type { EnsureOptions, SendGridCertificates } from "./certificates.ts";
export { createSendGridClient, type SendGridClient, type SendGridOptions } from "./client.ts";
export type { IntegrationCallOptions, SendGridIntegrations } from "./integrations.ts";
export { sendGridCertificateStore } from "./store.ts";
export type { SendGridTeammates } from "./teammates.ts";
export type {
  CreateCertificateBody,
  CreateIntegrationBody,
  CreateTeammateBody,
  EnsuredCertificate,
  FieldChange,
  IntegrationUpdate,
  Persona,
  SendGridCertificate,
  SendGridIntegration,
  SendGridTeammate,
  StoredSubuserAccess,
  SubuserAccess,
  TeammateWrite,
  UpdateCertificateBody,
  UpdateIntegrationChanges,
  UpdateTeammateBody,
} from "./types.ts";
export type { UploadOptions } from "./upload.ts";
