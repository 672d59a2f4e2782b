import * as z from "zod";
import type { SamlCertCode } from "../core/codes/index.ts";
import type { ErrorJson } from "../core/errors.ts";
import type { Check, Finding, Location, Severity } from "../core/finding.ts";
import { exactly } from "./exact.ts";

/** How bad a finding is. */
export const severitySchema: z.ZodType<Severity> = exactly<Severity>()(
  z.enum(["error", "warning", "notice"]),
);

/** A place in an input. */
export const locationSchema: z.ZodType<Location> = exactly<Location>()(
  z.object({
    line: z.int().min(1).optional(),
    column: z.int().min(1).optional(),
    offset: z.int().min(0).optional(),
    path: z.string().optional(),
  }),
);

/** A code of `docs/errors.md`. Newer versions can have more. */
const codeSchema = z.string<SamlCertCode>();

/** One finding of a report. */
export const findingSchema: z.ZodType<Finding> = exactly<Finding>()(
  z.object({
    code: codeSchema,
    severity: severitySchema,
    message: z.string(),
    hint: z.string(),
    at: locationSchema.optional(),
  }),
);

/** The result of one check. */
export const checkSchema: z.ZodType<Check> = exactly<Check>()(
  z.object({
    id: z.string(),
    status: z.enum(["passed", "failed", "skipped"]),
    reason: z.string().optional(),
  }),
);

/** An error as `toJSON` gives it; its layer may add fields. */
export const errorSchema: z.ZodType<ErrorJson> = exactly<ErrorJson>()(
  z.looseObject({
    name: z.string(),
    code: codeSchema,
    message: z.string(),
    hint: z.string(),
    at: locationSchema.optional(),
  }),
);
