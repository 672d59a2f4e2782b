import * as z from "zod";
import { keycardSsoConnectionSchema } from "../../../providers/keycard/schema.ts";
import { pandaStackAnswerSchema } from "../../../providers/pandastack/schema.ts";
import {
  sendGridCertificateSchema,
  sendGridIntegrationSchema,
  sendGridTeammateSchema,
} from "../../../providers/sendgrid/schema.ts";

const change = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() });

const document = (name: string, fields: Record<string, z.ZodType>): z.ZodType =>
  z.strictObject({ format: z.literal(`samlcert/${name}/v1`), ...fields });

/** `samlcert sendgrid integrations list --json`. */
export const sendGridIntegrationsOutputSchema: z.ZodType = document("sendgrid-integrations", {
  integrations: z.array(sendGridIntegrationSchema),
});

/** `samlcert sendgrid integrations show|create --json`. */
export const sendGridIntegrationOutputSchema: z.ZodType = document("sendgrid-integration", {
  integration: sendGridIntegrationSchema,
});

/** `samlcert sendgrid integrations update --json`. */
export const sendGridIntegrationUpdateOutputSchema: z.ZodType = document(
  "sendgrid-integration-update",
  {
    integration: sendGridIntegrationSchema,
    changed: z.array(change),
    notTaken: z.array(change),
  },
);

/** `samlcert sendgrid certificates list --json`. */
export const sendGridCertificatesOutputSchema: z.ZodType = document("sendgrid-certificates", {
  certificates: z.array(sendGridCertificateSchema),
});

/** `samlcert sendgrid certificates show|create|update --json`. */
export const sendGridCertificateOutputSchema: z.ZodType = document("sendgrid-certificate", {
  certificate: sendGridCertificateSchema,
  created: z.boolean().optional(),
});

/** `samlcert sendgrid teammates create|update --json`. */
export const sendGridTeammateOutputSchema: z.ZodType = document("sendgrid-teammate", {
  teammate: sendGridTeammateSchema,
  dropped: z.array(z.string()),
});

/** `samlcert sendgrid ... delete --json`. */
export const sendGridDeletionOutputSchema: z.ZodType = document("sendgrid-deletion", {
  deleted: z.string(),
});

/** `samlcert keycard show|create|update --json`. */
export const keycardSsoConnectionOutputSchema: z.ZodType = document("keycard-sso-connection", {
  connection: keycardSsoConnectionSchema.nullable(),
  action: z.enum(["enabled", "updated", "unchanged"]).optional(),
  changed: z.array(z.string()).optional(),
});

/** `samlcert keycard delete --json`. */
export const keycardDeletionOutputSchema: z.ZodType = document("keycard-deletion", {
  disabled: z.boolean(),
});

/** `samlcert pandastack ... --json`. */
export const pandaStackOutputSchema: z.ZodType = document("pandastack-sso", {
  answer: pandaStackAnswerSchema,
});
