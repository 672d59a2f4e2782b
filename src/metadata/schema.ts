import * as z from "zod";
import { checkSchema, findingSchema } from "../core/schema.ts";
import type { MetadataDiff } from "./diff/index.ts";
import type { EntityDescriptor } from "./types.ts";
import type { MetadataReport } from "./validate.ts";

const sha256s = z.array(z.string().regex(/^[0-9a-f]{64}$/));

/** What `validateMetadata` answers. */
export const metadataReportSchema: z.ZodType<MetadataReport> = z.object({
  ok: z.boolean(),
  findings: z.array(findingSchema),
  checks: z.array(checkSchema),
});

/** What `diffMetadata` answers. */
export const metadataDiffSchema: z.ZodType<MetadataDiff> = z.object({
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
});

/** An entity of `parseMetadata`: its name and kind; the model's types describe the rest. */
export const entityDescriptorSchema: z.ZodType<EntityDescriptor> = z.looseObject({
  type: z.literal("EntityDescriptor"),
  entityId: z.string(),
});
