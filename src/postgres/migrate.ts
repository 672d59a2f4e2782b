import { checkOptions } from "../core/options.ts";
import { databaseOf } from "./database.ts";
import { checkPool, POSTGRES_KINDS, type PostgresOptions } from "./options.ts";

/**
 * Makes the schema and its tables, or brings them up to date. Everything else does it by itself where
 * its role may; call it in a deployment whose workers have no right to create tables.
 *
 * It is safe to call from many processes at once: one migrates, the others wait. Migrations only add,
 * so that workers of the version before go on.
 *
 * Throws a `PostgresError`: `postgres.permission_denied`, `postgres.schema_newer`,
 * `postgres.unavailable`.
 *
 * @example
 * ```ts
 * import { migratePostgres, type PostgresPool } from "samlcert/postgres";
 *
 * export async function deploy(pool: PostgresPool): Promise<void> {
 *   await migratePostgres({ pool });
 * }
 * ```
 */
export async function migratePostgres(options: PostgresOptions): Promise<void> {
  checkOptions(options, POSTGRES_KINDS, "migratePostgres");
  checkPool(options);
  await databaseOf(options).migrate();
}
