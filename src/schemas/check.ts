import * as z from "zod";
import { certificateReportSchema, certificateSchema } from "./certificates.ts";
import { errorSchema } from "./core.ts";
import type { CheckedFile, CheckSummary, InspectedCertificate } from "./documents.ts";

const state = z.enum(["pending", "active", "expiring", "expired"]);

/** One file in `samlcert check --json`. */
export const checkedFileSchema: z.ZodType<CheckedFile> = z.strictObject({
  file: z.string(),
  report: certificateReportSchema.optional(),
  state: state.optional(),
  daysLeft: z.int().optional(),
  error: errorSchema.optional(),
});

export const checkSummarySchema: z.ZodType<CheckSummary> = z.strictObject({
  usable: z.int().min(0),
  unusable: z.int().min(0),
  unreadable: z.int().min(0),
});

/** One certificate in `samlcert inspect --json`. */
export const inspectedCertificateSchema: z.ZodType<InspectedCertificate> = z.strictObject({
  role: z.enum(["leaf", "intermediate", "root", "self-signed", "duplicate", "unrelated"]),
  state,
  selfSigned: z.boolean(),
  selfSignature: z.enum(["valid", "invalid", "other_key", "unverifiable"]),
  certificate: certificateSchema,
});
