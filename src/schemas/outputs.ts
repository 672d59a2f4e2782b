import * as z from "zod";
import { checkOutputSchema, inspectOutputSchema } from "./check.ts";
import { errorSchema, findingSchema } from "./core.ts";
import { formatOf } from "./format.ts";
import { keycardSsoConnectionSchema } from "./keycard.ts";
import {
  entityDescriptorSchema,
  metadataDiffSchema,
  metadataReportSchema,
  modelNames,
} from "./metadata.ts";
import { pandaStackAnswerSchema } from "./pandastack.ts";
import { integrationStatusSchema, rotationPlanSchema, rotationResultSchema } from "./rotation.ts";
import {
  sendGridCertificateSchema,
  sendGridIntegrationSchema,
  sendGridTeammateSchema,
} from "./sendgrid.ts";

function output(format: string, shape: z.core.$ZodLooseShape): z.ZodType {
  return z.strictObject({ format: z.literal(format), ...shape });
}

const file = z.string();

const fieldChanges = z.array(
  z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() }),
);

/** The text is absent where a finding is an error. */
const built = { findings: z.array(findingSchema), metadata: z.string().optional() };

const OUTPUTS: Readonly<Record<string, z.core.$ZodLooseShape>> = {
  error: { error: errorSchema },
  "metadata-validate": {
    reports: z.array(
      z.strictObject({
        file,
        report: metadataReportSchema.optional(),
        /** Instead of a report: why the file could not be read. */
        error: errorSchema.optional(),
      }),
    ),
  },
  "metadata-diff": (metadataDiffSchema as unknown as z.ZodObject).shape,
  "metadata-inspect": { entities: z.array(entityDescriptorSchema) },
  "metadata-sp": built,
  "metadata-idp": built,
  "metadata-sign": built,
  "metadata-verify": { file, verified: z.literal(true) },
  "rotation-plan": { plan: rotationPlanSchema },
  rotation: { result: rotationResultSchema },
  status: { integrations: z.array(integrationStatusSchema) },
  "sendgrid-certificates": { certificates: z.array(sendGridCertificateSchema) },
  "sendgrid-certificate": {
    certificate: sendGridCertificateSchema,
    /** Of `create`: false if it was there before. */
    created: z.boolean().optional(),
  },
  "sendgrid-integrations": { integrations: z.array(sendGridIntegrationSchema) },
  "sendgrid-integration": { integration: sendGridIntegrationSchema },
  "sendgrid-integration-update": {
    integration: sendGridIntegrationSchema,
    changed: fieldChanges,
    notTaken: fieldChanges,
  },
  "sendgrid-teammate": { teammate: sendGridTeammateSchema, dropped: z.array(z.string()) },
  "sendgrid-deletion": { deleted: z.string() },
  "keycard-sso-connection": {
    connection: keycardSsoConnectionSchema.nullable(),
    /** Of `create`. */
    action: z.enum(["enabled", "updated", "unchanged"]).optional(),
    changed: z.array(z.string()).optional(),
  },
  "keycard-deletion": { disabled: z.boolean() },
  "pandastack-sso": { answer: pandaStackAnswerSchema },
};

/** The entity as it is in `metadata inspect`, beside its `format`. */
const extracted: z.ZodType = (entityDescriptorSchema as unknown as z.ZodObject).extend({
  format: z.literal("samlcert/metadata-extract/v1"),
});

/** Every document that a command prints with `--json`, by its `format`. */
export const outputSchemas: Readonly<Record<string, z.ZodType>> = {
  "samlcert/check/v1": checkOutputSchema,
  "samlcert/inspect/v1": inspectOutputSchema,
  "samlcert/metadata-extract/v1": extracted,
  ...Object.fromEntries(
    Object.entries(OUTPUTS).map(([name, shape]) => {
      const format = formatOf(name);
      return [format, output(format, shape)];
    }),
  ),
};

/**
 * The JSON Schema (2020-12) of a document that `--json` prints, for programs in other languages.
 * `name` is such as `check`; undefined where there is none.
 */
export function jsonSchemaOf(name: string): Readonly<Record<string, unknown>> | undefined {
  const format = formatOf(name);
  const schema = outputSchemas[format];
  if (schema === undefined) return undefined;
  const { $schema, ...rest } = z.toJSONSchema(schema, { metadata: modelNames });
  return { $schema, $id: `urn:${format.replaceAll("/", ":")}`, title: format, ...rest };
}
