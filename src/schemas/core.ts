import * as z from "zod";
import type { SamlCertCode } from "../core/codes/index.ts";
import type { ErrorJson } from "../core/errors.ts";
import type { Check, Finding, Location, Severity } from "../core/finding.ts";

/** How bad a finding is. */
export const severitySchema: z.ZodType<Severity> = z.enum(["error", "warning", "notice"]);

/** A place in an input. */
export const locationSchema: z.ZodType<Location> = z.object({
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  offset: z.int().min(0).optional(),
  path: z.string().optional(),
});

/** A code of `docs/errors.md`. A newer version may have more. */
const codeSchema = z.string() as unknown as z.ZodType<SamlCertCode>;

/** One thing that was noticed. */
export const findingSchema: z.ZodType<Finding> = z.object({
  code: codeSchema,
  severity: severitySchema,
  message: z.string(),
  hint: z.string(),
  at: locationSchema.optional(),
});

/** What became of one check. */
export const checkSchema: z.ZodType<Check> = z.object({
  id: z.string(),
  status: z.enum(["passed", "failed", "skipped"]),
  reason: z.string().optional(),
});

/** An error as `toJSON` gives it; its layer may add fields. */
export const errorSchema: z.ZodType<ErrorJson> = z.looseObject({
  name: z.string(),
  code: codeSchema,
  message: z.string(),
  hint: z.string(),
  at: locationSchema.optional(),
});
