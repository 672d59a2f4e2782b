export {
  CertificateError,
  type ErrorDetails,
  type ErrorJson,
  isSamlCertError,
  KeyError,
  MetadataError,
  RotationError,
  SamlCertError,
  SignatureError,
} from "./errors.ts";
export type { Check, CodeEntry, Finding, Location, Severity } from "./finding.ts";
export type { Instant } from "./time.ts";
