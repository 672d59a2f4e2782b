export type { Instant } from "../core/time.ts";
export type {
  CertificateStore,
  StoreCallOptions,
  StoreCapabilities,
  StoredCertificate,
  StoreWriteOptions,
} from "../providers/store.ts";
export { rotationCodes } from "./codes.ts";
export { describePlan } from "./describe.ts";
export { type DesiredOptions, type DesiredState, desiredFromMetadata } from "./desired.ts";
export { executeRotation, resumeRotation, rollbackRotation } from "./execute.ts";
export {
  type GuardCode,
  type GuardEntry,
  type GuardOverride,
  guards,
  type Refusal,
} from "./guards.ts";
export { identityProviderOf, identityProviders } from "./identity-provider.ts";
export { fileJournal } from "./journal/file.ts";
export { memoryJournal } from "./journal/memory.ts";
export type { JournalRecord, RotationJournal } from "./journal/types.ts";
export { type PlanInput, planRotation } from "./plan.ts";
export { type RotationResult, RotationStoppedError, type StepReport } from "./report.ts";
export type { RotationEvent, RunOptions } from "./run.ts";
export type { StatusPolicy } from "./status/assess.ts";
export { statusHtml } from "./status/html.ts";
export { statusPrometheus } from "./status/prometheus.ts";
export { certificateStatus, type StatusOptions } from "./status/status.ts";
export { statusTable } from "./status/table.ts";
export type {
  CertificateStatus,
  IntegrationState,
  IntegrationStatus,
  UnstoredCertificate,
} from "./status/types.ts";
export type {
  AddStep,
  CheckStep,
  EnableStep,
  PlannedCertificate,
  ReplaceStep,
  ResolvedPolicy,
  RetireStep,
  RotationPlan,
  RotationPolicy,
  RotationStep,
  RotationTarget,
  StoredSnapshot,
  Untouched,
  VerifyStep,
  WaitStep,
} from "./types.ts";
