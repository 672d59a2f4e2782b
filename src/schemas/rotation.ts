import * as z from "zod";
import type { StoredRotation } from "../rotation/journal/folder.ts";
import { guardCodes, guardOverrides } from "../rotation/plan/guards.ts";
import type { RotationResult } from "../rotation/run/report.ts";
import type { RotationPlan } from "../rotation/types.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const seconds = z.int();

const planned = z.strictObject({
  sha256,
  spkiSha256: sha256,
  subject: z.string(),
  notBefore: seconds,
  notAfter: seconds,
  pem: z.string(),
});

const base = { index: z.int().min(0), reason: z.string(), risk: z.string(), requests: z.int() };

const duration = z.int().min(0);

const evidence = z.union([
  z.literal("confirmed"),
  z.strictObject({ unpublishedFor: duration }),
  z.strictObject({ signedWithNew: z.int().min(0), oldUnusedFor: duration.optional() }),
  z.strictObject({ afterSeconds: duration }),
]);

const overrides = z.enum(Object.values(guardOverrides));

const step = z.discriminatedUnion("kind", [
  z.strictObject({ ...base, kind: z.literal("check") }),
  z.strictObject({ ...base, kind: z.literal("add"), sha256 }),
  z.strictObject({ ...base, kind: z.literal("enable"), id: z.string(), sha256 }),
  z.strictObject({ ...base, kind: z.literal("replace"), id: z.string(), replaces: sha256, sha256 }),
  z.strictObject({ ...base, kind: z.literal("verify"), sha256s: z.array(sha256) }),
  z.strictObject({
    ...base,
    kind: z.literal("wait"),
    retire: evidence,
    notBefore: seconds.optional(),
  }),
  z.strictObject({ ...base, kind: z.literal("retire"), id: z.string(), sha256 }),
]);

const untouched = z.strictObject({ sha256, id: z.string().optional(), reason: z.string() });

const refusal = z.strictObject({
  code: z.enum(guardCodes),
  message: z.string(),
  hint: z.string(),
  override: overrides,
  sha256: sha256.optional(),
});

/** A `RotationPlan`. */
export const rotationPlanSchema: z.ZodType<RotationPlan> = z.strictObject({
  format: z.literal("samlcert.rotation-plan"),
  version: z.literal(2),
  id: z.string(),
  createdAt: seconds,
  provider: z.string().optional(),
  integrationId: z.string().optional(),
  identityProvider: z.string().optional(),
  source: z
    .strictObject({
      url: z.string().optional(),
      file: z.string().optional(),
      entityId: z.string().optional(),
      trust: z.array(z.string()).optional(),
      allowPrivateAddresses: z.boolean().optional(),
    })
    .optional(),
  capabilities: z.strictObject({
    maxCertificates: z.int().optional(),
    overlap: z.boolean(),
    enabledObservable: z.boolean(),
    replaceInPlace: z.boolean(),
    honoursExpiry: z.enum(["yes", "no", "unknown"]),
    observes: z.enum(["certificate", "fingerprint", "nothing"]).optional(),
    minCertificates: z.int().optional(),
    needsApproval: z.boolean().optional(),
  }),
  policy: z.strictObject({
    retire: z.union([evidence, z.literal("never")]),
    cacheSeconds: duration,
    minimumRemainingLifeSeconds: seconds,
    enabled: z.boolean().optional(),
    replaceInPlace: z.boolean(),
    maxCertificates: z.int().optional(),
    removeFirst: z.array(z.string()).optional(),
    overrides: z.array(overrides),
  }),
  desired: z.array(planned),
  before: z.array(
    z.strictObject({
      id: z.string(),
      sha256,
      certificate: planned.optional(),
      enabled: z.boolean().optional(),
      pendingApproval: z.literal(true).optional(),
    }),
  ),
  steps: z.array(step),
  kept: z.array(untouched),
  skipped: z.array(untouched),
  refusals: z.array(refusal),
  requests: z.int(),
});

/** A `RotationResult`. */
export const rotationResultSchema: z.ZodType<RotationResult> = z.strictObject({
  planId: z.string(),
  status: z.enum([
    ...(["completed", "awaiting_approval", "awaiting_switch", "waiting"] as const),
    ...(["stopped", "rolled_back"] as const),
  ]),
  until: seconds.optional(),
  switchAfter: seconds.optional(),
  steps: z.array(
    z.strictObject({
      index: z.int().min(0),
      kind: z.enum(["check", "add", "enable", "replace", "verify", "wait", "retire"]),
      status: z.enum(["finished", "in_doubt", "pending"]),
    }),
  ),
  stands: z.array(
    z.strictObject({ id: z.string().optional(), sha256, subject: z.string().optional() }),
  ),
  rolledBack: z.array(z.string()),
  notRolledBack: z.array(z.string()),
  next: z.string(),
  requests: z.int(),
});

/** A `StoredRotation`. */
export const storedRotationSchema: z.ZodType<StoredRotation> = z.strictObject({
  path: z.string(),
  planId: z.string(),
  provider: z.string(),
  integrationId: z.string(),
  createdAt: seconds,
  at: seconds,
  status: z.enum([
    ...(["running", "stopped", "awaiting_approval", "awaiting_switch", "waiting"] as const),
    ...(["completed", "rolling_back", "rolled_back", "damaged"] as const),
  ]),
  until: seconds.optional(),
  superseded: z.array(z.strictObject({ sha256, subject: z.string().optional() })),
  failure: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});
