export {
  createTestCertificate,
  type TestCertificate,
  type TestCertificateOptions,
  type TestExtension,
  type TestKeyAlgorithm,
} from "./certificate.ts";
export {
  type FakeClerk,
  type FakeClerkConnection,
  type FakeClerkOptions,
  type FakeClerkState,
  startFakeClerk,
} from "./clerk/start.ts";
export { testCertificateStore } from "./contract/cases.ts";
export {
  type MemoryStoreOptions,
  memoryStore,
  type StoreShape,
} from "./contract/memory-store.ts";
export type {
  ContractOptions,
  MakeBench,
  OpenOptions,
  StoreBench,
  StoreCase,
} from "./contract/types.ts";
export type { FakeRequest, Fault, FaultMatch } from "./faults.ts";
export {
  type FakeGoogleCredential,
  type FakeGoogleWorkspace,
  type FakeGoogleWorkspaceOptions,
  type FakeGoogleWorkspaceState,
  startFakeGoogleWorkspace,
} from "./google-workspace/start.ts";
export { startFakeIdentityProvider } from "./identity-provider/start.ts";
export type {
  FakeIdentityProvider,
  FakeIdentityProviderOptions,
  FakeIdentityProviderState,
  FakeResponseOptions,
  Misbehaviour,
} from "./identity-provider/types.ts";
export { type FakeKeycard, type FakeKeycardOptions, startFakeKeycard } from "./keycard/start.ts";
export type { FakeKeycardState, FakeSsoConnection, KeycardQuirks } from "./keycard/types.ts";
export {
  type FakePandaStack,
  type FakePandaStackOptions,
  type FakePandaStackState,
  type FakeSsoConfiguration,
  type PandaStackQuirks,
  startFakePandaStack,
} from "./pandastack/start.ts";
export {
  type FakeSendGrid,
  type FakeSendGridOptions,
  startFakeSendGrid,
} from "./sendgrid/start.ts";
export type {
  FakeCertificate,
  FakeIntegration,
  FakeSendGridState,
  FakeTeammate,
  SendGridQuirks,
} from "./sendgrid/types.ts";
export type { FakeExchange, FakeServer, FakeServerOptions } from "./server.ts";
