export * from "./certificates/index.ts";
export {
  CertificateError,
  type Check,
  type CodeEntry,
  type ErrorDetails,
  type ErrorJson,
  type Finding,
  type Instant,
  isSamlCertError,
  KeyError,
  type Location,
  MetadataError,
  RotationError,
  SamlCertError,
  type Severity,
  SignatureError,
} from "./core/index.ts";
export * from "./metadata/index.ts";
export { ProviderError } from "./providers/error.ts";
