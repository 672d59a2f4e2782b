import { need } from "../core/argument.ts";
import type { Kind, OptionKinds } from "../core/options.ts";
import type { PostgresPool } from "./pool.ts";

/** Options of everything that is stored in PostgreSQL. */
export interface PostgresOptions {
  /** A `Pool` of the package `pg`. */
  readonly pool: PostgresPool;
  /** The schema of the tables. Default `samlcert`. */
  readonly schema?: string | undefined;
}

const POOL: Kind = {
  is: (value) =>
    ["query", "connect", "on"].every((name) => typeof Object(value)[name] === "function"),
  name: "a Pool of the package pg (npm install pg)",
};

/** PostgreSQL cuts longer names off. */
const SCHEMA: Kind = {
  is: (value) => typeof value === "string" && /^[a-z_][a-z0-9_]{0,62}$/.test(value),
  name: "a lower-case name of at most 63 letters, digits and underscores",
};

export const POSTGRES_KINDS: OptionKinds<PostgresOptions> = { pool: POOL, schema: SCHEMA };

export function checkPool(options: unknown): void {
  need(() => POOL.is(Object(options).pool), "pool", POOL.name);
}

/** A whole number, 1 or greater. */
export const WHOLE: Kind = {
  is: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  name: "a whole number, 1 or greater",
};
