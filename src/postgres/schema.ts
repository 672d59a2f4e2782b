import type { Database, Query } from "./database.ts";
import { postgresError } from "./error.ts";
import { migrations } from "./migrations.ts";

/** The version of the tables that this code knows. */
export const KNOWN_VERSION: number = migrations.at(-1)?.version ?? 0;

interface State {
  readonly version: number;
  readonly needs: number;
}

/** Brings the tables up to date within a transaction. */
export async function migrateSchema(query: Query, schema: string): Promise<void> {
  // A role without the right to create tables can work with those that are up to date.
  const before = await stateOf(query, schema);
  if (before.version >= KNOWN_VERSION) return requireKnown(before, schema);
  // Ends with the transaction, so it works through PgBouncer. One migrates, the others wait.
  await query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`samlcert ${schema}`]);
  await query("create schema if not exists {s}");
  await query(`create table if not exists {s}.migration (
    version integer primary key, needs integer not null, at timestamptz not null default now())`);
  const { version } = await stateOf(query, schema);
  for (const migration of migrations.filter((one) => one.version > version)) {
    for (const statement of migration.statements) await query(statement);
    const values = [migration.version, migration.needs];
    await query("insert into {s}.migration (version, needs) values ($1, $2)", values);
  }
}

async function stateOf(query: Query, schema: string): Promise<State> {
  const [found] = await query("select to_regclass($1) is not null as exists", [
    `${schema}.migration`,
  ]);
  if ((found as { exists: boolean }).exists !== true) return { version: 0, needs: 0 };
  const [state] = await query(STATE);
  return state as State;
}

const STATE = `select coalesce(max(version), 0)::int as version,
  coalesce(max(needs), 0)::int as needs from {s}.migration`;

function requireKnown({ needs }: State, schema: string): void {
  if (needs <= KNOWN_VERSION) return;
  throw postgresError("postgres.schema_newer", { schema, needed: needs, known: KNOWN_VERSION });
}

/** Throws `postgres.schema_newer` once a newer version has made tables that this code does not know. */
export async function requireKnownSchema(database: Database, schema: string): Promise<void> {
  const [state] = await database.rows<State>(STATE);
  if (state) requireKnown(state, schema);
}
