import type { Values } from "../core/codes/code.ts";
import { postgresCodes } from "../core/codes/fleet/postgres.ts";
import { SamlCertError } from "../core/errors.ts";
import { errorOf } from "../core/issue.ts";

export type PostgresCode = keyof typeof postgresCodes;

/** The database did not do what was asked of it, or a tenant of the fleet could not be worked on. */
export class PostgresError extends SamlCertError {
  override name = "PostgresError";
}

export function postgresError(code: PostgresCode, values?: Values): PostgresError {
  return errorOf(PostgresError, postgresCodes, { code, values });
}
