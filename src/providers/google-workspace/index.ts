export { ProviderError } from "../error.ts";
export type { CallOptions } from "../http/operation.ts";
export type { CertificateStore } from "../store.ts";
export {
  createGoogleWorkspaceClient,
  type GoogleCredential,
  type GoogleOperation,
  type GoogleWorkspaceClient,
  type GoogleWorkspaceOptions,
} from "./client.ts";
export { type GoogleWorkspaceStoreOptions, googleWorkspaceCertificateStore } from "./store.ts";
