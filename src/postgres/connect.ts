import { postgresError } from "./error.ts";
import type { PostgresPool } from "./pool.ts";

/** A pool of the package `pg`, and the function that closes it. */
export interface OwnPool {
  readonly pool: PostgresPool;
  readonly end: () => Promise<void>;
}

/** Connects to the database of a URL. Throws `postgres.package_missing` if `pg` is not installed. */
export async function connect(connectionString: string): Promise<OwnPool> {
  // Imported here: an optional peer dependency.
  const { default: pg } = await import("pg").catch(() => {
    throw postgresError("postgres.package_missing", { name: "pg" });
  });
  const pool = new pg.Pool({ connectionString, max: 2, connectionTimeoutMillis: 10_000 });
  return { pool, end: () => pool.end() };
}
