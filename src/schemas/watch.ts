import * as z from "zod";
import type { WebhookBody } from "../watch/faces/webhook/message.ts";
import type {
  ConnectionState,
  ConnectionStatus,
  WatchEvent,
  WatchEventType,
} from "../watch/types.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const seconds = z.int();

const states = [
  ...(["down", "missing", "unverified", "unreadable", "unreachable", "stale"] as const),
  ...(["expiring", "retirement_due", "switched", "unconfirmed"] as const),
  ...(["next_missing", "awaiting_approval", "awaiting_switch", "active"] as const),
] satisfies readonly ConnectionState[];

const eventTypes = [
  ...(["appeared", "vanished", "key_published", "key_vanished"] as const),
  ...(["certificate_replaced", "endpoint_changed", "metadata_changed"] as const),
  ...(["verification_failed", "verification_restored"] as const),
  ...(["read_failed", "read_restored", "state_changed"] as const),
] satisfies readonly WatchEventType[];

const certificate = z.strictObject({
  id: z.string(),
  state: z.enum(["pending", "active", "expiring", "expired", "disabled", "unreadable"]),
  sha256: sha256.optional(),
  subject: z.string().optional(),
  issuer: z.string().optional(),
  serialNumber: z.string().optional(),
  notBefore: seconds.optional(),
  notAfter: seconds.optional(),
  daysLeft: z.int().optional(),
  use: z.enum(["signing", "encryption"]).optional(),
  publication: z.enum(["published", "stale", "extra"]).optional(),
});

const unstored = z.strictObject({
  state: z.enum(["missing", "next"]),
  sha256,
  subject: z.string(),
  notBefore: seconds,
  notAfter: seconds,
});

/** A `WatchEvent`. */
const watchEventSchema: z.ZodType<WatchEvent> = z.strictObject({
  id: z.string(),
  type: z.enum(eventTypes),
  at: seconds,
  message: z.string(),
  sha256: sha256.optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});

/** A `ConnectionStatus`. */
export const connectionStatusSchema: z.ZodType<ConnectionStatus> = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["metadata", "certificates", "store", "trusted_keys", "own_keys"]),
  source: z.string(),
  owner: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  entityId: z.string().optional(),
  state: z.enum(states),
  actionNeeded: z.boolean(),
  daysLeft: z.int().optional(),
  expiringDays: z.number().min(0),
  certificates: z.array(certificate),
  unstored: z.array(unstored),
  next: z.strictObject({ who: z.string(), step: z.string() }).optional(),
  planned: z
    .strictObject({
      kind: z.enum(["switch", "retirement"]),
      at: seconds.optional(),
      sha256: sha256.optional(),
    })
    .optional(),
  events: z.array(watchEventSchema),
  since: seconds.optional(),
  lastSuccessAt: seconds.optional(),
  durationSeconds: z.number().min(0),
  errors: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

const isoTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

const webhookEvent = z.strictObject({
  id: z.string(),
  type: z.string(),
  at: isoTime,
  message: z.string(),
  sha256: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  connection: z.strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    source: z.string(),
    owner: z.string().optional(),
    labels: z.record(z.string(), z.string()),
    state: z.string(),
    actionNeeded: z.boolean(),
    daysLeft: z.number().optional(),
    next: z.strictObject({ who: z.string(), step: z.string() }).optional(),
  }),
});

/** The fields of a `WebhookBody`. Receivers must expect new kinds, states and types of events. */
export const webhookFields: {
  readonly [Field in keyof Omit<WebhookBody, "format">]-?: z.ZodType<WebhookBody[Field]>;
} = {
  type: z.literal("samlcert.watch"),
  timestamp: isoTime,
  text: z.string(),
  events: z.array(webhookEvent),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        content: z.record(z.string(), z.unknown()),
      }),
    )
    .optional(),
};
