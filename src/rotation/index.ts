export type { GivenCertificate, GivenCertificates } from "../certificates/given.ts";
export type { SamlCertCode } from "../core/codes/index.ts";
export { rotationCodes } from "../core/codes/rotation.ts";
export type { Instant } from "../core/time.ts";
export type {
  CertificateStore,
  StoreCallOptions,
  StoreCapabilities,
  StoredCertificate,
  StoreWriteOptions,
} from "../providers/store.ts";
export { type FileJournalOptions, fileJournal } from "./journal/file.ts";
export {
  type OpenedRotation,
  type RotationJournals,
  rotationJournals,
  type StoredRotation,
} from "./journal/folder.ts";
export { memoryJournal } from "./journal/memory.ts";
export { type RotationSummary, rotationsDue } from "./journal/summary.ts";
export type { Connection, JournalRecord, RotationJournal } from "./journal/types.ts";
export { observeSignIn, type SignInObservation } from "./observe.ts";
export { type DescribeOptions, describePlan } from "./plan/describe.ts";
export { type DesiredOptions, type DesiredState, desiredFromMetadata } from "./plan/desired.ts";
export {
  type GuardCode,
  type GuardOverride,
  guardOverrides,
  type Refusal,
} from "./plan/guards.ts";
export { identityProviderOf, identityProviders } from "./plan/identity-provider.ts";
export { type PlanInput, planRotation } from "./plan/plan.ts";
export {
  executeRotation,
  resumeRotation,
  retireSuperseded,
  rollbackRotation,
} from "./run/execute.ts";
export { type RotationResult, RotationStoppedError, type StepReport } from "./run/report.ts";
export type { RotationEvent, RunOptions } from "./run/run.ts";
export type {
  AddStep,
  CheckStep,
  EnableStep,
  EvidenceSource,
  PlannedCertificate,
  ReplaceStep,
  ResolvedPolicy,
  RetirePolicy,
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
