import * as z from "zod";
import type { FleetStatus, HistoryEntry } from "../postgres/index.ts";

const seconds = z.int();
const count = z.int().min(0);

const state = z.enum([
  ...(["new", "active", "awaiting_approval", "rotating", "awaiting_switch"] as const),
  ...(["waiting", "refused", "failing", "dead"] as const),
]);

/** A `FleetStatus`. */
export const fleetStatusSchema: z.ZodType<FleetStatus> = z.strictObject({
  paused: z.boolean(),
  tenants: count,
  states: z.partialRecord(state, count),
  pausedTenants: count,
  due: count,
  longestWaitSeconds: count,
  attention: z.array(
    z.strictObject({
      ...{ tenant: z.string(), account: z.string(), state, paused: z.boolean(), attempts: count },
      ...{ dueAt: seconds, lookedAt: seconds.optional() },
      ...{ provider: z.string().optional(), integrationId: z.string().optional() },
      ...{ code: z.string().optional(), message: z.string().optional() },
    }),
  ),
  workers: z.array(
    z.strictObject({
      ...{ name: z.string(), version: count, seenAt: seconds, running: count, rssBytes: count },
    }),
  ),
});

/** A `HistoryEntry`. */
export const historyEntrySchema: z.ZodType<HistoryEntry> = z.strictObject({
  at: seconds,
  type: z.enum([
    ...(["held", "approved", "confirmed", "paused", "resumed", "retried", "refused"] as const),
    ...(["started", "awaiting_switch", "waiting", "completed", "failed"] as const),
    ...(["dead_letter", "recovered"] as const),
  ]),
  code: z.string().optional(),
  message: z.string().optional(),
  by: z.string(),
});
