import * as z from "zod";
import type { MetadataDiff } from "../metadata/diff/index.ts";
import { ROLE_TYPES } from "../metadata/model/roles.ts";
import type { MetadataReport } from "../metadata/validate.ts";
import { checkSchema, findingSchema } from "./core.ts";
import { exactly } from "./exact.ts";

const sha256s = z.array(z.string().regex(/^[0-9a-f]{64}$/));

/** The result of `validateMetadata`. */
export const metadataReportSchema: z.ZodType<MetadataReport> = exactly<MetadataReport>()(
  z.object({
    ok: z.boolean(),
    findings: z.array(findingSchema),
    checks: z.array(checkSchema),
  }),
);

const diffFields = {
  same: z.boolean(),
  entities: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
  keys: z.array(
    z.object({
      entityId: z.string(),
      role: z.enum(ROLE_TYPES),
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
export const metadataDiffSchema: z.ZodType<MetadataDiff> = exactly<MetadataDiff>()(
  z.object(diffFields),
);

/** Its fields, for the document of the command line. */
export const metadataDiffFields: z.core.$ZodShape = diffFields;
