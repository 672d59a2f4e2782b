export { certificateCodes } from "./codes.ts";
export { sameCertificate, sameKey } from "./compare.ts";
export { parseCertificate, parseCertificates } from "./parse.ts";
export { toPeculiar, verifySelfSignature } from "./peculiar.ts";
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
