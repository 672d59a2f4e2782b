export { keysCodes } from "../core/codes/keys.ts";
export type { KeyAlgorithm, KeyUse } from "./algorithms.ts";
export type { GivenKey } from "./given-key.ts";
export { type KeyPair, readKeyPair } from "./key-pair.ts";
export {
  type CertificateOptions,
  createSigningKey,
  type SigningKey,
  type SigningKeyOptions,
} from "./make.ts";
export { keyMatches } from "./match.ts";
export type { PassphraseOptions } from "./passphrase.ts";
export { readPrivateKey } from "./read.ts";
export { createCertificate, type ExistingKeyOptions } from "./renew.ts";
export { type CertificateRequestOptions, createCertificateRequest } from "./request.ts";
export type { Subject, SubjectAttributes } from "./subject.ts";
