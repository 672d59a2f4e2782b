import { checkOptions, LIST, type OptionKinds } from "../../core/options.ts";
import type { Database } from "../database.ts";
import { WHOLE } from "../options.ts";
import type { TenantState } from "./events.ts";

export interface StatusQuery {
  /** The states whose tenants are listed. Default: those that need a person. */
  readonly states?: readonly TenantState[] | undefined;
  /** The most tenants that are listed. Default 50. */
  readonly limit?: number | undefined;
}

/** A tenant and its state. Times are unix seconds. */
export interface TenantStatus {
  readonly tenant: string;
  readonly account: string;
  readonly state: TenantState;
  readonly paused: boolean;
  readonly attempts: number;
  readonly dueAt: number;
  /** Absent before the first look. */
  readonly lookedAt?: number | undefined;
  readonly provider?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** A worker that was seen within the last day. */
export interface WorkerStatus {
  readonly name: string;
  /** The version of the tables that it knows. */
  readonly version: number;
  readonly seenAt: number;
  readonly running: number;
  readonly rssBytes: number;
}

/** The state of the whole fleet. Plain JSON. */
export interface FleetStatus {
  /** True if all work is paused. */
  readonly paused: boolean;
  readonly tenants: number;
  /** The number of tenants in each state. */
  readonly states: Readonly<Partial<Record<TenantState, number>>>;
  readonly pausedTenants: number;
  /** Tenants that are due and not being worked on, and how long the first of them has waited. */
  readonly due: number;
  readonly longestWaitSeconds: number;
  readonly attention: readonly TenantStatus[];
  readonly workers: readonly WorkerStatus[];
}

const NEED_A_PERSON: readonly TenantState[] = ["awaiting_approval", "refused", "dead"];

const KINDS: OptionKinds<StatusQuery> = { states: LIST, limit: WHOLE };

const COUNTS = `select state, count(*)::int as count, (count(*) filter (where paused))::int as paused,
    (count(*) filter (where isdue))::int as due,
    coalesce(max(extract(epoch from now() - due_at)) filter (where isdue), 0)::float8 as wait
  from (select state, paused, due_at, due_at <= now() and not paused
      and (lease is null or lease_until < now()) as isdue
    from {s}.tenant where gone_at is null) t group by state`;

const TENANTS = `select tenant, account, state, paused, attempts, provider,
    integration_id as "integrationId", code, message,
    floor(extract(epoch from due_at))::float8 as "dueAt",
    floor(extract(epoch from looked_at))::float8 as "lookedAt"
  from {s}.tenant where state = any($1) and gone_at is null order by updated_at desc limit $2`;

const WORKERS = `select name, version, running, rss_bytes::float8 as "rssBytes",
    floor(extract(epoch from seen_at))::float8 as "seenAt" from {s}.worker order by name`;

export async function statusOf(database: Database, query: StatusQuery = {}): Promise<FleetStatus> {
  checkOptions(query, KINDS, "status");
  const { states = NEED_A_PERSON, limit = 50 } = query;
  const counts = await database.rows<{
    readonly state: TenantState;
    readonly count: number;
    readonly paused: number;
    readonly due: number;
    readonly wait: number;
  }>(COUNTS);
  const tenants = await database.rows<TenantStatus>(TENANTS, [[...states], limit]);
  const [setting] = await database.rows<{ readonly paused: boolean }>(
    "select paused from {s}.setting",
  );
  const sum = (pick: "count" | "paused" | "due") =>
    counts.reduce((total, row) => total + row[pick], 0);
  return {
    paused: setting?.paused ?? false,
    tenants: sum("count"),
    states: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
    pausedTenants: sum("paused"),
    due: sum("due"),
    longestWaitSeconds: Math.round(Math.max(0, ...counts.map(({ wait }) => wait))),
    attention: tenants.map(withoutNulls),
    workers: await database.rows<WorkerStatus>(WORKERS),
  };
}

/** Absent instead of null, as everywhere. */
function withoutNulls(row: TenantStatus): TenantStatus {
  const fields = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(fields) as object as TenantStatus;
}
