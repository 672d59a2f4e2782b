export type { StatusPolicy } from "./assess.ts";
export { type StatusHtmlOptions, statusHtml } from "./html.ts";
export { statusPrometheus } from "./prometheus.ts";
export { certificateStatus, type StatusOptions } from "./status.ts";
export { statusTable } from "./table.ts";
export type {
  CertificateStatus,
  IntegrationState,
  IntegrationStatus,
  UnstoredCertificate,
} from "./types.ts";
