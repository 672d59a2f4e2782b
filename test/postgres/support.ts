import pg from "pg";
import {
  type Postgres,
  postgresFolder,
  postgresMissing,
  startPostgres,
} from "../support/postgres.ts";

export const why: string = postgresMissing();
export const skipped: string = why && ` [skipped: ${why}]`;

interface PoolOptions {
  readonly host?: string;
  readonly max?: number;
  readonly port?: number;
  readonly user?: string;
}

/** A server, and pools of it that are closed with it. */
export interface TestDatabase extends Postgres {
  pool(options?: PoolOptions): pg.Pool;
}

export async function startDatabase(): Promise<TestDatabase> {
  const postgres = await startPostgres(postgresFolder() ?? "");
  const pools: pg.Pool[] = [];
  return {
    ...postgres,
    pool({ host = postgres.host, max = 10, port = 5432, user = postgres.user } = {}) {
      const pool = new pg.Pool({ host, port, user, database: "postgres", max });
      pools.push(pool);
      return pool;
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end().catch(() => undefined)));
      await postgres.stop();
    },
  };
}
