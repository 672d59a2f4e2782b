import * as z from "zod";
import { certificateReportSchema, certificateSchema } from "./certificates.ts";
import { errorSchema } from "./core.ts";

const state = z.enum(["pending", "active", "expiring", "expired"]);

/** `samlcert check --json`. */
export const checkOutputSchema: z.ZodType = z.strictObject({
  format: z.literal("samlcert/check/v1"),
  policy: z.string(),
  reports: z.array(
    z.strictObject({
      file: z.string(),
      report: certificateReportSchema.optional(),
      state: state.optional(),
      /** Whole days; negative once it has expired; left out where there is no expiration date. */
      daysLeft: z.int().optional(),
      /** Instead of a report: why the file could not be read. */
      error: errorSchema.optional(),
    }),
  ),
  summary: z.strictObject({
    usable: z.int().min(0),
    unusable: z.int().min(0),
    unreadable: z.int().min(0),
  }),
});

/** `samlcert inspect --json`. */
export const inspectOutputSchema: z.ZodType = z.strictObject({
  format: z.literal("samlcert/inspect/v1"),
  file: z.string(),
  certificates: z.array(
    z.strictObject({
      role: z.enum(["leaf", "intermediate", "root", "self-signed", "duplicate", "unrelated"]),
      state,
      selfSigned: z.boolean(),
      /** Whether its own key made the signature, if it should have. */
      selfSignature: z.enum(["valid", "invalid", "other_key", "unverifiable"]),
      certificate: certificateSchema,
    }),
  ),
});
