export type { CodeRow, CodeTable } from "../core/codes/code.ts";
export { type BundleEntry, type BundleRole, orderBundle } from "./bundle.ts";
export { certificateCodes } from "./codes.ts";
export { sameCertificate, sameKey } from "./compare.ts";
export {
  EXPIRY_THRESHOLDS,
  type ExpiryWarning,
  expiryThreshold,
  expiryWarnings,
} from "./expiry.ts";
export { type FieldMessage, fieldMessages } from "./form.ts";
export { keyText } from "./key-text.ts";
export { verifySelfSignature } from "./own-signature.ts";
export { parseCertificate, parseCertificates } from "./parse.ts";
export {
  type CertificateRequest,
  type PeculiarCertificate,
  readCertificateRequest,
  toPeculiar,
} from "./peculiar.ts";
export {
  type CertificatePolicy,
  POLICIES,
  type PolicyName,
  type PolicyOption,
} from "./policy/policy.ts";
export { type RepairedCertificate, repairCertificate } from "./repair.ts";
export { checkSelfSignature } from "./self-signature.ts";
export {
  type SigningCertificate,
  signingCertificate,
  signingChains,
} from "./signing-certificate.ts";
export { toSsoCertificate } from "./sso-certificate.ts";
export { type CertificateState, certificateState, type StatePolicy } from "./state.ts";
export type {
  Certificate,
  CertificateExtension,
  CertificateReport,
  CertificateTime,
  DistinguishedName,
  NameAttribute,
  PublicKey,
  Repair,
  SsoCertificate,
} from "./types.ts";
export { type ValidateOptions, validateCertificate } from "./validate.ts";
