import { isText, need } from "../../core/argument.ts";
import { checkOptions, type OptionKinds, TEXT } from "../../core/options.ts";
import { type Database, databaseOf } from "../database.ts";
import { type PostgresCode, postgresError } from "../error.ts";
import { checkPool, POSTGRES_KINDS, type PostgresOptions } from "../options.ts";
import type { TenantEventType } from "./events.ts";
import { type HistoryEntry, type HistoryOptions, historyOf } from "./history.ts";
import { type FleetStatus, type StatusQuery, statusOf } from "./status.ts";

/** Who gives an order. */
export interface OrderOptions {
  /** Name for the history. */
  readonly by?: string | undefined;
}

/** The controls of a fleet: for a person, whose word is kept in the history. */
export interface Fleet {
  /** Counts by state, the tenants that need a person, and the workers. */
  status(query?: StatusQuery): Promise<FleetStatus>;
  /** The events of a tenant, the newest first. */
  history(tenant: string, options?: HistoryOptions): Promise<readonly HistoryEntry[]>;
  /** Lets the plan that `onPlan` held be executed, if its steps are still the same. */
  approve(tenant: string, options?: OrderOptions): Promise<void>;
  /** Says that the identity provider has switched: the superseded certificates are retired. */
  confirm(tenant: string, options?: OrderOptions): Promise<void>;
  /** Stops the work on a tenant, or on all of them; also between two steps. */
  pause(tenant?: string, options?: OrderOptions): Promise<void>;
  resume(tenant?: string, options?: OrderOptions): Promise<void>;
  /** Looks at a tenant now, such as at a dead letter whose cause is gone. */
  retry(tenant: string, options?: OrderOptions): Promise<void>;
}

const ORDER: OptionKinds<OrderOptions> = { by: TEXT };

/**
 * The controls of a fleet over its database, for a program that is no worker.
 *
 * @example
 * ```ts
 * import { createFleet, type PostgresPool } from "samlcert/postgres";
 *
 * export async function refused(pool: PostgresPool) {
 *   const { attention } = await createFleet({ pool }).status();
 *   return attention.filter(({ state }) => state === "refused");
 * }
 * ```
 */
export function createFleet(options: PostgresOptions): Fleet {
  checkOptions(options, POSTGRES_KINDS, "createFleet");
  checkPool(options);
  return fleetOf(databaseOf(options));
}

/** The change of a row that each order makes. */
const CHANGES = {
  approved: "approved = change where state = 'awaiting_approval' and",
  confirmed:
    "confirmed = rotation where state in ('awaiting_switch', 'waiting') and rotation is not null and",
  retried: "attempts = 0 where",
  paused: "paused = true where",
  resumed: "paused = false where",
} as const;

const UNLESS: Readonly<Record<string, PostgresCode>> = {
  approved: "fleet.nothing_to_approve",
  confirmed: "fleet.nothing_to_confirm",
};

export function fleetOf(database: Database): Fleet {
  async function order(
    type: TenantEventType & keyof typeof CHANGES,
    tenant: string,
    options: OrderOptions = {},
  ): Promise<void> {
    need(() => isText(tenant) && tenant !== "", "tenant", "the name of a tenant");
    checkOptions(options, ORDER, type);
    const done = await database.rows(
      `with done as (
         update {s}.tenant set wake = wake + 1, due_at = now(), updated_at = now(),
           ${CHANGES[type]} tenant = $1 returning tenant),
       told as (insert into {s}.history (tenant, type, who) select tenant, $2, $3 from done)
       select tenant from done`,
      [tenant, type, options.by ?? ""],
    );
    if (done.length > 0) return;
    const known = await database.rows("select from {s}.tenant where tenant = $1", [tenant]);
    const code = known.length === 0 ? undefined : UNLESS[type];
    throw postgresError(code ?? "fleet.unknown_tenant", { tenant });
  }

  async function orderAll(type: "paused" | "resumed", options: OrderOptions = {}): Promise<void> {
    checkOptions(options, ORDER, type);
    await database.rows(
      `with done as (update {s}.setting set paused = $1)
       insert into {s}.history (tenant, type, who) values ('', $2, $3)`,
      [type === "paused", type, options.by ?? ""],
    );
  }

  return {
    status: (query) => statusOf(database, query),
    history: (tenant, options) => historyOf(database, tenant, options),
    approve: (tenant, options) => order("approved", tenant, options),
    confirm: (tenant, options) => order("confirmed", tenant, options),
    pause: (tenant, options) =>
      tenant === undefined ? orderAll("paused", options) : order("paused", tenant, options),
    resume: (tenant, options) =>
      tenant === undefined ? orderAll("resumed", options) : order("resumed", tenant, options),
    retry: (tenant, options) => order("retried", tenant, options),
  };
}
