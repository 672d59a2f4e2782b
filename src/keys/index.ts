export type { GivenCertificate } from "../certificates/given.ts";
export { keysCodes } from "../core/codes/keys.ts";
export type { KeyAlgorithm, KeyUse } from "./algorithms.ts";
export type { GivenKey } from "./given-key.ts";
export {
  type MetadataHandler,
  type MetadataHandlerOptions,
  type MetadataReading,
  metadataHandler,
} from "./handler.ts";
export { type KeyPair, readKeyPair } from "./key-pair.ts";
export {
  type CertificateOptions,
  createSigningKey,
  type SigningKey,
  type SigningKeyOptions,
} from "./make.ts";
export { keyMatches } from "./match.ts";
export { fastifyHandler, nodeHandler } from "./node-handler.ts";
export type { PassphraseOptions } from "./passphrase.ts";
export { readPrivateKey } from "./read.ts";
export { createCertificate, type ExistingKeyOptions } from "./renew.ts";
export { type CertificateRequestOptions, createCertificateRequest } from "./request.ts";
export { formatRollover, parseRollover } from "./rollover/document.ts";
export { type RolloverFile, type RolloverFileOptions, rolloverFile } from "./rollover/file.ts";
export { type KeysNow, keysFor, type RolloverPhase } from "./rollover/keys-for.ts";
export { planKeyRollover, type RolloverPlan, type RolloverStep } from "./rollover/plan.ts";
export { type StartRolloverOptions, startRollover } from "./rollover/start.ts";
export {
  type AnnounceOptions,
  announceKey,
  type ReadOptions,
  type RetireKeyOptions,
  recordRead,
  retireKey,
  type UseNextOptions,
  useNextKey,
} from "./rollover/steps.ts";
export type {
  RolloverEvent,
  RolloverIdentityProvider,
  RolloverKey,
  RolloverPolicy,
  RolloverState,
  RolloverUse,
  Witness,
} from "./rollover/types.ts";
export type { Subject, SubjectAttributes } from "./subject.ts";
