import * as z from "zod";
import type { RotationResult } from "../rotation/run/report.ts";
import type { RotationPlan } from "../rotation/types.ts";
import type { IntegrationStatus } from "../watch/types.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const seconds = z.int();

const planned = z.object({
  sha256,
  spkiSha256: sha256,
  subject: z.string(),
  notBefore: seconds,
  notAfter: seconds,
  pem: z.string(),
});

const base = { index: z.int().min(0), reason: z.string(), risk: z.string(), requests: z.int() };

const step = z.discriminatedUnion("kind", [
  z.object({ ...base, kind: z.literal("check") }),
  z.object({ ...base, kind: z.literal("add"), sha256 }),
  z.object({ ...base, kind: z.literal("enable"), id: z.string(), sha256 }),
  z.object({ ...base, kind: z.literal("replace"), id: z.string(), replaces: sha256, sha256 }),
  z.object({ ...base, kind: z.literal("verify"), sha256s: z.array(sha256) }),
  z.object({ ...base, kind: z.literal("wait"), seconds, notBefore: seconds.optional() }),
  z.object({ ...base, kind: z.literal("retire"), id: z.string(), sha256 }),
]);

const untouched = z.object({ sha256, id: z.string().optional(), reason: z.string() });

const refusal = z.object({
  code: z.templateLiteral(["guard.", z.string()]),
  message: z.string(),
  hint: z.string(),
  override: z.string(),
  sha256: sha256.optional(),
});

/** A `RotationPlan`. */
export const rotationPlanSchema: z.ZodType<RotationPlan> = z.object({
  format: z.literal("samlcert.rotation-plan"),
  version: z.literal(1),
  id: z.string(),
  createdAt: seconds,
  provider: z.string().optional(),
  integrationId: z.string().optional(),
  identityProvider: z.string().optional(),
  capabilities: z.object({
    maxCertificates: z.int().optional(),
    overlap: z.boolean(),
    enabledObservable: z.boolean(),
    replaceInPlace: z.boolean(),
    honoursExpiry: z.enum(["yes", "no", "unknown"]),
  }),
  policy: z.object({
    overlapSeconds: seconds,
    minimumRemainingLifeSeconds: seconds,
    enabled: z.boolean().optional(),
    replaceInPlace: z.boolean(),
    maxCertificates: z.int().optional(),
    overrides: z.array(z.string()),
  }),
  desired: z.array(planned),
  before: z.array(
    z.object({
      id: z.string(),
      sha256,
      certificate: planned.optional(),
      enabled: z.boolean().optional(),
    }),
  ),
  steps: z.array(step),
  kept: z.array(untouched),
  skipped: z.array(untouched),
  refusals: z.array(refusal),
  requests: z.int(),
}) as unknown as z.ZodType<RotationPlan>;

/** A `RotationResult`. */
export const rotationResultSchema: z.ZodType<RotationResult> = z.object({
  planId: z.string(),
  status: z.enum(["completed", "waiting", "stopped", "rolled_back"]),
  until: seconds.optional(),
  steps: z.array(
    z.object({
      index: z.int().min(0),
      kind: z.enum(["check", "add", "enable", "replace", "verify", "wait", "retire"]),
      status: z.enum(["finished", "in_doubt", "pending"]),
    }),
  ),
  stands: z.array(z.object({ id: z.string().optional(), sha256, subject: z.string().optional() })),
  rolledBack: z.array(z.string()),
  notRolledBack: z.array(z.string()),
  next: z.string(),
  requests: z.int(),
});

/** An `IntegrationStatus`. */
export const integrationStatusSchema: z.ZodType<IntegrationStatus> = z.object({
  provider: z.string(),
  integrationId: z.string(),
  state: z.enum(["unreachable", "down", "missing", "expiring", "next_missing", "active"]),
  actionNeeded: z.boolean(),
  daysLeft: z.int().optional(),
  certificates: z.array(
    z.object({
      id: z.string(),
      state: z.enum(["pending", "active", "expiring", "expired", "disabled", "unreadable"]),
      sha256: sha256.optional(),
      subject: z.string().optional(),
      notBefore: seconds.optional(),
      notAfter: seconds.optional(),
      daysLeft: z.int().optional(),
      publication: z.enum(["published", "stale", "extra"]).optional(),
    }),
  ),
  unstored: z.array(
    z.object({
      state: z.enum(["missing", "next"]),
      sha256,
      subject: z.string(),
      notBefore: seconds,
      notAfter: seconds,
    }),
  ),
  errors: z.array(z.object({ code: z.string(), message: z.string() })),
});
