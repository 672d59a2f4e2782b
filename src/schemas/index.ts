export type { Decoded } from "../providers/http/wire.ts";
export type {
  ssoConnectionWire as KeycardSsoConnectionFields,
  tokenWire as KeycardTokenFields,
} from "../providers/keycard/wire.ts";
export type {
  certificateWire as SendGridCertificateFields,
  createdTeammateWire as SendGridCreatedTeammateFields,
  integrationWire as SendGridIntegrationFields,
  updatedTeammateWire as SendGridUpdatedTeammateFields,
} from "../providers/sendgrid/wire.ts";
export {
  type CertificateUploadOptions,
  certificateReportSchema,
  certificateSchema,
  certificateUpload,
  ssoCertificateSchema,
  type UploadedCertificate,
} from "./certificates.ts";
export {
  checkSchema,
  errorSchema,
  findingSchema,
  locationSchema,
  severitySchema,
} from "./core.ts";
export { entityDescriptorSchema } from "./entity-descriptor.ts";
export {
  enableSsoConnectionBodySchema as keycardEnableSsoConnectionBodySchema,
  keycardErrorWireSchema,
  keycardSsoConnectionSchema,
  keycardSsoConnectionWireSchema,
  keycardTokenWireSchema,
  updateSsoConnectionBodySchema as keycardUpdateSsoConnectionBodySchema,
} from "./keycard.ts";
export { metadataDiffSchema, metadataReportSchema } from "./metadata.ts";
export { outputSchemas } from "./outputs.ts";
export { pandaStackAnswerSchema } from "./pandastack.ts";
export { rotationPlanSchema, rotationResultSchema } from "./rotation.ts";
export {
  createCertificateBodySchema as sendGridCreateCertificateBodySchema,
  createIntegrationBodySchema as sendGridCreateIntegrationBodySchema,
  createTeammateBodySchema as sendGridCreateTeammateBodySchema,
  type SendGridCertificateWire,
  type SendGridErrorWire,
  type SendGridIntegrationWire,
  sendGridCertificateSchema,
  sendGridCertificateWireSchema,
  sendGridCreatedTeammateWireSchema,
  sendGridErrorWireSchema,
  sendGridIntegrationSchema,
  sendGridIntegrationWireSchema,
  sendGridTeammateSchema,
  sendGridUpdatedTeammateWireSchema,
  updateCertificateBodySchema as sendGridUpdateCertificateBodySchema,
  updateTeammateBodySchema as sendGridUpdateTeammateBodySchema,
} from "./sendgrid.ts";
export { connectionStatusSchema } from "./watch.ts";
