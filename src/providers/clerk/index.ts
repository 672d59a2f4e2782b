export { ProviderError } from "../error.ts";
export type { CallOptions } from "../http/operation.ts";
export type { CertificateStore } from "../store.ts";
export {
  type ClerkClient,
  type ClerkConnection,
  type ClerkOptions,
  createClerkClient,
  type UpdateClerkConnection,
} from "./client.ts";
export { clerkCertificateStore } from "./store.ts";
