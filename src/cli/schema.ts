import * as z from "zod";
import { errorSchema } from "../core/schema.ts";
import {
  entityDescriptorSchema,
  metadataDiffSchema,
  metadataReportSchema,
} from "../metadata/schema.ts";
import { keycardSsoConnectionSchema } from "../providers/keycard/schema.ts";
import { pandaStackAnswerSchema } from "../providers/pandastack/schema.ts";
import {
  sendGridCertificateSchema,
  sendGridIntegrationSchema,
  sendGridTeammateSchema,
} from "../providers/sendgrid/schema.ts";
import {
  integrationStatusSchema,
  rotationPlanSchema,
  rotationResultSchema,
} from "../rotation/schema.ts";
import { checkOutputSchema, inspectOutputSchema } from "./check/schema.ts";

function output(format: string, shape: z.core.$ZodLooseShape): z.ZodType {
  return z.object({ format: z.literal(format), ...shape });
}

const file = z.string();

const OUTPUTS: Readonly<Record<string, z.core.$ZodLooseShape>> = {
  error: { error: errorSchema },
  "metadata-validate": { reports: z.array(z.object({ file, report: metadataReportSchema })) },
  "metadata-diff": (metadataDiffSchema as unknown as z.ZodObject).shape,
  "metadata-inspect": { entities: z.array(entityDescriptorSchema) },
  "metadata-verify": { file, verified: z.literal(true) },
  "rotation-plan": { plan: rotationPlanSchema },
  rotation: { result: rotationResultSchema },
  status: { integrations: z.array(integrationStatusSchema) },
  "sendgrid-certificates": { certificates: z.array(sendGridCertificateSchema) },
  "sendgrid-certificate": { certificate: sendGridCertificateSchema },
  "sendgrid-integrations": { integrations: z.array(sendGridIntegrationSchema) },
  "sendgrid-integration": { integration: sendGridIntegrationSchema },
  "sendgrid-integration-update": { integration: sendGridIntegrationSchema },
  "sendgrid-teammate": { teammate: sendGridTeammateSchema },
  "sendgrid-deletion": { deleted: z.string() },
  "keycard-sso-connection": { connection: keycardSsoConnectionSchema.nullable() },
  "keycard-deletion": { disabled: z.boolean() },
  "pandastack-sso": { answer: pandaStackAnswerSchema },
};

/** Every document that a command prints with `--json`, by its `format`. */
export const outputSchemas: Readonly<Record<string, z.ZodType>> = {
  "samlcert/check/v1": checkOutputSchema,
  "samlcert/inspect/v1": inspectOutputSchema,
  ...Object.fromEntries(
    Object.entries(OUTPUTS).map(([name, shape]) => {
      const format = `samlcert/${name}/v1`;
      return [format, output(format, shape)];
    }),
  ),
};
