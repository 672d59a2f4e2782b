export {
  createTestCertificate,
  type TestCertificate,
  type TestCertificateOptions,
  type TestExtension,
  type TestKeyAlgorithm,
} from "./certificate.ts";
