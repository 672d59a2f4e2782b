export { keysCodes } from "../core/codes/keys.ts";
export type { KeyAlgorithm, KeyUse } from "./algorithms.ts";
export {
  type CertificateOptions,
  createSigningKey,
  type SigningKey,
  type SigningKeyOptions,
} from "./make.ts";
export type { Subject, SubjectAttributes } from "./subject.ts";
