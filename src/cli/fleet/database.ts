import type { Fleet } from "../../postgres/index.ts";
import type { Invocation, OptionSpec } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";

/** The options of every command of a fleet. */
export const FLEET_OPTIONS: readonly OptionSpec[] = [
  { name: "schema", value: "NAME", summary: "the schema of the tables", default: "samlcert" },
];

export const ABOUT_DATABASE: string =
  "The database is that of the environment variable DATABASE_URL, and needs the package pg.";

/** Connects to the database of a fleet for one command. */
export async function withFleet<T>(
  invocation: Invocation,
  io: Io,
  use: (fleet: Fleet, migrate: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const url = io.env["DATABASE_URL"] ?? "";
  if (url === "") {
    throw new UsageError(
      "The environment variable DATABASE_URL is not set.",
      "Set it to the address of the fleet's database, such as postgres://user@host/name.",
    );
  }
  const { connect } = await import("../../postgres/connect.ts");
  const { createFleet, migratePostgres } = await import("../../postgres/index.ts");
  const { pool, end } = await connect(url);
  try {
    const options = { pool, schema: invocation.value("schema") };
    return await use(createFleet(options), () => migratePostgres(options));
  } finally {
    await end();
  }
}

/** The person who gives an order, for the history. */
export function personOf(io: Io): string {
  return io.env["USER"] ?? io.env["USERNAME"] ?? "command line";
}
