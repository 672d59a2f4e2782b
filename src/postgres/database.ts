import { isSamlCertError } from "../core/errors.ts";
import { postgresError } from "./error.ts";
import type { PostgresOptions } from "./options.ts";
import type { PostgresPool } from "./pool.ts";
import { migrateSchema } from "./schema.ts";

/** The tables of samlcert in one schema. */
export interface Database {
  /** Runs one statement. `{s}` stands for the schema. The tables are made if they are absent. */
  rows<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Makes the tables, or brings them up to date. */
  migrate(): Promise<void>;
}

/** Runs one statement within a transaction. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly unknown[]>;

const ignore = () => undefined;

export function databaseOf({ pool, schema = "samlcert" }: PostgresOptions): Database {
  // Without a listener, the end of an idle connection would end the process.
  if (pool.listenerCount("error") === 0) pool.on("error", ignore);

  async function once<Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const { rows } = await pool.query(text.replaceAll("{s}", schema), [...values]);
    return rows as Row[];
  }

  const migrate = () => transaction(pool, schema, (query) => migrateSchema(query, schema));
  return {
    migrate,
    async rows<Row>(text: string, values: readonly unknown[] = []) {
      try {
        return await once<Row>(text, values);
      } catch (error) {
        if (!MISSING.includes(stateOf(error))) throw told(error, schema);
      }
      await migrate();
      return await once<Row>(text, values).catch((error: unknown) => {
        throw told(error, schema);
      });
    },
  };
}

/** Undefined table, column and schema. */
const MISSING = ["42P01", "42703", "3F000"];

/** The SQLSTATE of an error, or the code of the driver. */
function stateOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === "string" ? code.slice(0, 40) : "connection lost";
}

async function transaction<T>(
  pool: PostgresPool,
  schema: string,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw told(cause, schema);
  });
  client.on("error", ignore);
  let isBroken = true;
  try {
    await client.query("begin");
    const result = await work(async (text, values = []) => {
      return (await client.query(text.replaceAll("{s}", schema), [...values])).rows;
    });
    await client.query("commit");
    isBroken = false;
    return result;
  } catch (cause) {
    throw isSamlCertError(cause) ? cause : told(cause, schema);
  } finally {
    client.off("error", ignore);
    // Closing the connection rolls back, whatever state it is in.
    client.release(isBroken);
  }
}

/** SQLSTATE classes and codes of a database that is away: lost connection, shutdown, no room. */
const AWAY = /^(?:08|53|57P|25006|EPIPE)/;

/** The error of a driver in our words. It may quote values, so only its code is passed on. */
function told(error: unknown, schema: string) {
  const reason = stateOf(error);
  if (reason === "42501") return postgresError("postgres.permission_denied", { schema });
  const isState = /^[0-9A-Z]{5}$/.test(reason);
  return isState && !AWAY.test(reason)
    ? postgresError("postgres.failed", { reason: `SQLSTATE ${reason}` })
    : postgresError("postgres.unavailable", { reason });
}
