import { isText, need } from "../../core/argument.ts";
import { checkOptions, type OptionKinds } from "../../core/options.ts";
import type { Database } from "../database.ts";
import { WHOLE } from "../options.ts";
import type { TenantEventType } from "./events.ts";

export interface HistoryOptions {
  /** The most events. Default 100. */
  readonly limit?: number | undefined;
}

/** An event in the history of a tenant. */
export interface HistoryEntry {
  /** Unix seconds. */
  readonly at: number;
  readonly type: TenantEventType;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** The worker, or the person who gave the order. */
  readonly by: string;
}

const KINDS: OptionKinds<HistoryOptions> = { limit: WHOLE };

/** The events of a tenant, the newest first; of `""`, those of the whole fleet. */
export async function historyOf(
  database: Database,
  tenant: string,
  options: HistoryOptions = {},
): Promise<readonly HistoryEntry[]> {
  need(() => isText(tenant), "tenant", "the name of a tenant");
  checkOptions(options, KINDS, "history");
  const rows = await database.rows<
    Omit<HistoryEntry, "code" | "message"> & {
      readonly code: string | null;
      readonly message: string | null;
    }
  >(
    `select extract(epoch from at)::float8 as at, type, code, message, who as by
     from {s}.history where tenant = $1 order by id desc limit $2`,
    [tenant, options.limit ?? 100],
  );
  return rows.map(({ at, code, message, ...entry }) => ({
    ...entry,
    at: Math.floor(at),
    ...(code !== null && { code }),
    ...(message !== null && { message }),
  }));
}
