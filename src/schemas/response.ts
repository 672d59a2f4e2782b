import * as z from "zod";
import type { MessageReport, ResponseReport } from "../signature/response/types.ts";
import { certificateSchema } from "./certificates.ts";
import { checkSchema, findingSchema } from "./core.ts";

const text = z.string().optional();

const source = z.strictObject({
  form: z.enum(["xml", "base64", "form", "html", "redirect", "har", "saml-tracer"]),
  request: z.int().min(1).optional(),
  url: text,
  time: text,
});

const message = z.strictObject({
  type: z.string(),
  id: text,
  issuer: text,
  issueInstant: text,
  destination: text,
  inResponseTo: text,
  status: z.strictObject({ codes: z.array(z.string()), message: text }).optional(),
});

const assertion = z.strictObject({
  path: z.string(),
  encrypted: z.boolean(),
  covered: z.boolean(),
  id: text,
  issuer: text,
  issueInstant: text,
  notBefore: text,
  notOnOrAfter: text,
  audiences: z.array(z.string()),
  confirmations: z.array(
    z.strictObject({ method: text, recipient: text, notOnOrAfter: text, inResponseTo: text }),
  ),
  encryption: z.array(z.string()).optional(),
});

const signedBy = { certificate: certificateSchema, fingerprint: z.string() };

const signature = z.strictObject({
  of: z.string(),
  path: z.string(),
  covers: text,
  algorithm: text,
  digestAlgorithm: text,
  canonicalization: text,
  by: z.enum(["given", "embedded", "unknown", "unchecked"]),
  content: z.enum(["intact", "changed", "unchecked"]),
  signedBy: z.strictObject(signedBy).optional(),
  position: z.int().min(1).optional(),
  embedded: z.array(
    z.strictObject({ ...signedBy, given: z.boolean(), made: z.boolean().optional() }),
  ),
});

const shown = z.strictObject({
  nameIds: z.array(z.string()).optional(),
  attributes: z.array(z.strictObject({ name: z.string(), values: z.array(z.string()) })).optional(),
});

const fields = {
  summary: z.string(),
  source: source.optional(),
  message: message.optional(),
  assertions: z.array(assertion),
  signatures: z.array(signature),
  findings: z.array(findingSchema),
  checks: z.array(checkSchema),
  judgedAt: z.string(),
  shown: shown.optional(),
};

const messageReportSchema: z.ZodType<MessageReport> = z.strictObject(fields);

/** The report in `samlcert explain-response --json`. */
export const responseReportSchema: z.ZodType<ResponseReport> = z.strictObject({
  kind: z.literal("explanation"),
  ...fields,
  others: z.array(messageReportSchema),
});
