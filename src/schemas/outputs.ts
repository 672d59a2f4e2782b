import * as z from "zod";
import { certificateSchema } from "./certificates.ts";
import { checkedFileSchema, checkSummarySchema, inspectedCertificateSchema } from "./check.ts";
import { errorSchema, findingSchema } from "./core.ts";
import type { OutputName, Outputs } from "./documents.ts";
import { entityDescriptorFields, entityDescriptorSchema, modelNames } from "./entity-descriptor.ts";
import { fleetStatusSchema, historyEntrySchema } from "./fleet.ts";
import { formatOf } from "./format.ts";
import { keycardSsoConnectionSchema } from "./keycard.ts";
import { inspectedKeySchema, keysInUseSchema, rolloverPlanSchema } from "./keys.ts";
import { metadataDiffFields, metadataReportSchema } from "./metadata.ts";
import { pandaStackAnswerSchema } from "./pandastack.ts";
import { responseReportSchema } from "./response.ts";
import { rotationPlanSchema, rotationResultSchema, storedRotationSchema } from "./rotation.ts";
import {
  sendGridCertificateSchema,
  sendGridIntegrationSchema,
  sendGridTeammateSchema,
} from "./sendgrid.ts";
import { connectionStatusSchema, webhookFields } from "./watch.ts";

/** A schema for each field of a document's body. */
type Shape<Body> = { readonly [Field in keyof Body]-?: z.ZodType<Body[Field]> };

/** The documents whose body is the list of its fields here. */
type Listed = Exclude<OutputName, "metadata-diff" | "metadata-extract">;

const file = z.string();

const fieldChanges = z.array(
  z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() }),
);

const written = { findings: z.array(findingSchema), metadata: z.string().optional() };

const SHAPES: { readonly [Name in Listed]: Shape<Outputs[Name]> } = {
  error: { error: errorSchema },
  check: { policy: z.string(), reports: z.array(checkedFileSchema), summary: checkSummarySchema },
  inspect: { file, certificates: z.array(inspectedCertificateSchema) },
  "explain-response": { file, report: responseReportSchema },
  "metadata-validate": {
    reports: z.array(
      z.strictObject({
        file,
        report: metadataReportSchema.optional(),
        error: errorSchema.optional(),
      }),
    ),
  },
  "metadata-inspect": { entities: z.array(entityDescriptorSchema) },
  "metadata-sp": written,
  "metadata-idp": written,
  "metadata-sign": written,
  "metadata-fetch": {
    url: z.string(),
    bytes: z.number(),
    entities: z.number(),
    entityIds: z.array(z.string()),
    verified: z.boolean(),
  },
  "metadata-verify": { file, verified: z.literal(true) },
  "key-create": {
    certificate: certificateSchema,
    files: z.strictObject({ key: z.string(), certificate: z.string() }),
  },
  "key-request": { request: z.string() },
  "key-renew": { certificate: certificateSchema },
  "key-inspect": { file, privateKey: inspectedKeySchema },
  "key-match": { certificate: file, key: file, matches: z.boolean() },
  "key-rollover-plan": { plans: z.array(rolloverPlanSchema) },
  "key-rollover-next": { plans: z.array(rolloverPlanSchema), waiting: errorSchema.optional() },
  "key-rollover-status": { keys: keysInUseSchema, plans: z.array(rolloverPlanSchema) },
  "rotation-plan": { plan: rotationPlanSchema },
  rotation: { result: rotationResultSchema },
  rotations: { rotations: z.array(storedRotationSchema) },
  "fleet-status": { fleet: fleetStatusSchema },
  "fleet-history": { tenant: z.string(), history: z.array(historyEntrySchema) },
  status: { connections: z.array(connectionStatusSchema) },
  webhook: webhookFields,
  "sendgrid-certificates": { certificates: z.array(sendGridCertificateSchema) },
  "sendgrid-certificate": {
    certificate: sendGridCertificateSchema,
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
    action: z.enum(["enabled", "updated", "unchanged"]).optional(),
    changed: z.array(z.string()).optional(),
  },
  "keycard-deletion": { disabled: z.boolean() },
  "pandastack-sso": { answer: pandaStackAnswerSchema },
};

/** A document: its format, and the fields of its body. */
function documentSchema(name: OutputName, fields: z.core.$ZodShape): z.ZodType {
  return z.strictObject({ format: z.literal(formatOf(name)), ...fields });
}

const listed = Object.entries(SHAPES) as [Listed, z.core.$ZodShape][];

/** Every document that a command prints with `--json`, by its `format`. */
export const outputSchemas: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    listed.map(([name, fields]) => [formatOf(name), documentSchema(name, fields)]),
  ),
  [formatOf("metadata-diff")]: documentSchema("metadata-diff", metadataDiffFields),
  [formatOf("metadata-extract")]: documentSchema("metadata-extract", entityDescriptorFields),
};

/** The JSON Schema (2020-12) of a document that `--json` prints, for programs in other languages. */
export function jsonSchemaOf(name: OutputName): Readonly<Record<string, unknown>> {
  const format = formatOf(name);
  const schema = outputSchemas[format] as z.ZodType;
  const { $schema, ...rest } = z.toJSONSchema(schema, { metadata: modelNames });
  return { $schema, $id: `urn:${format.replaceAll("/", ":")}`, title: format, ...rest };
}
