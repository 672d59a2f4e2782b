import { checkOptions, type OptionKinds, TEXT } from "../core/options.ts";
import type { TrustedKeysCache } from "../trusted-keys/index.ts";
import { databaseOf } from "./database.ts";
import { checkPool, POSTGRES_KINDS, type PostgresOptions } from "./options.ts";

/** Options of `postgresCache`. */
export interface PostgresCacheOptions extends PostgresOptions {
  /**
   * The owner of the copies, such as a tenant: two owners share none, though their identity provider
   * is the same. Default: none.
   */
  readonly key?: string | undefined;
}

const KINDS: OptionKinds<PostgresCacheOptions> = { ...POSTGRES_KINDS, key: TEXT };

/**
 * A cache for trusted keys in PostgreSQL, with a copy for each identity provider. A copy is replaced in
 * one statement, so that a reader sees the old or the new one.
 *
 * @example
 * ```ts
 * import { type PostgresPool, postgresCache } from "samlcert/postgres";
 * import { createTenantKeys } from "samlcert/trusted-keys";
 *
 * export function tenantKeys(pool: PostgresPool) {
 *   return createTenantKeys({
 *     sourceOf: (tenant) => ({
 *       source: { url: `https://${tenant}.example.com/metadata` },
 *       entityId: `https://${tenant}.example.com`,
 *       cache: postgresCache({ pool, key: tenant }),
 *     }),
 *   });
 * }
 * ```
 */
export function postgresCache(options: PostgresCacheOptions): TrustedKeysCache {
  checkOptions(options, KINDS, "postgresCache");
  checkPool(options);
  const { key = "" } = options;
  const database = databaseOf(options);
  const place = (entityId = "") => JSON.stringify([key, entityId]);
  return {
    async get(entityId) {
      const [row] = await database.rows<{ readonly copy: string }>(
        "select copy from {s}.cache where key = $1",
        [place(entityId)],
      );
      return row?.copy;
    },
    async set(copy, entityId) {
      await database.rows(
        `insert into {s}.cache (key, copy, at) values ($1, $2, now())
         on conflict (key) do update set copy = excluded.copy, at = excluded.at`,
        [place(entityId), copy],
      );
    },
  };
}
