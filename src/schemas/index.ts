export {
  certificateReportSchema,
  certificateSchema,
  certificateUpload,
  ssoCertificateSchema,
} from "../certificates/schema.ts";
export { outputSchemas } from "../cli/schema.ts";
export {
  checkSchema,
  errorSchema,
  findingSchema,
  locationSchema,
  severitySchema,
} from "../core/schema.ts";
export {
  entityDescriptorSchema,
  metadataDiffSchema,
  metadataReportSchema,
} from "../metadata/schema.ts";
export {
  enableSsoConnectionBodySchema as keycardEnableSsoConnectionBodySchema,
  keycardErrorWireSchema,
  keycardSsoConnectionSchema,
  keycardSsoConnectionWireSchema,
  keycardTokenWireSchema,
  updateSsoConnectionBodySchema as keycardUpdateSsoConnectionBodySchema,
} from "../providers/keycard/schema.ts";
export { pandaStackAnswerSchema } from "../providers/pandastack/schema.ts";
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
} from "../providers/sendgrid/schema.ts";
export {
  integrationStatusSchema,
  rotationPlanSchema,
  rotationResultSchema,
} from "../rotation/schema.ts";
