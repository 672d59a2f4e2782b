import * as z from "zod";
import type { MetadataDiff } from "../metadata/diff/index.ts";
import type { Inherited } from "../metadata/model/trust.ts";
import type { EntityDescriptor } from "../metadata/model/types.ts";
import type { MetadataReport } from "../metadata/validate.ts";
import { checkSchema, findingSchema } from "./core.ts";
import { modelSchemas, timeSchema } from "./entity-descriptor.ts";

const sha256s = z.array(z.string().regex(/^[0-9a-f]{64}$/));

/** The result of `validateMetadata`. */
export const metadataReportSchema: z.ZodType<MetadataReport> = z.object({
  ok: z.boolean(),
  findings: z.array(findingSchema),
  checks: z.array(checkSchema),
});

const diffFields: { readonly [Field in keyof MetadataDiff]: z.ZodType<MetadataDiff[Field]> } = {
  same: z.boolean(),
  entities: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
  keys: z.array(
    z.object({
      entityId: z.string(),
      role: z.enum([
        "IDPSSODescriptor",
        "SPSSODescriptor",
        "AuthnAuthorityDescriptor",
        "PDPDescriptor",
        "AttributeAuthorityDescriptor",
        "RoleDescriptor",
      ]),
      use: z.enum(["signing", "encryption"]),
      added: sha256s,
      removed: sha256s,
      kept: sha256s,
      stage: z.enum(["introduced", "retired", "rolled", "renewed", "replaced", "added", "removed"]),
    }),
  ),
  changes: z.array(
    z.object({
      entityId: z.string(),
      path: z.string(),
      kind: z.enum(["added", "removed", "changed"]),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  isRotation: z.boolean(),
};

/** The result of `diffMetadata`. */
export const metadataDiffSchema: z.ZodType<MetadataDiff> = z.object(diffFields);

/** Its fields, for the document of the command line. */
export const metadataDiffFields: z.core.$ZodShape = diffFields;

const { shapeOf, names } = modelSchemas();

/** The names of the parts of an entity in a JSON Schema. */
export const modelNames: z.core.$ZodRegistry<{ id: string }> = names;

/** What an entity inherits from its groups. */
const inheritedSchema: z.ZodType<Inherited> = z.strictObject({
  validUntil: timeSchema.optional(),
  cacheDuration: z.string().optional(),
  groups: z.array(z.string()).optional(),
  registrationInfo: z.strictObject(shapeOf("mdrpi:RegistrationInfo")).optional(),
}) as never;

/** The fields of an entity, for the document of the command line. */
export const entityDescriptorFields: z.core.$ZodShape = {
  type: z.literal("EntityDescriptor"),
  ...shapeOf("md:EntityDescriptor"),
  inherited: inheritedSchema.optional(),
};

/** An entity of `parseMetadata` or `readEntities`, with all of its fields. */
export const entityDescriptorSchema: z.ZodType<EntityDescriptor> = z.strictObject(
  entityDescriptorFields,
) as never;
