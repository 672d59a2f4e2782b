import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { ABOUT_DATABASE, FLEET_OPTIONS, withFleet } from "./database.ts";
import { fleetHistoryCommand } from "./history.ts";
import { fleetOrderCommands } from "./orders.ts";
import { fleetStatusCommand } from "./status.ts";

/** `samlcert fleet migrate`: makes the tables, as their owner. */
const fleetMigrateCommand: Command = {
  name: "fleet migrate",
  summary: "make the tables of a fleet, or bring them up to date",
  description: `Workers do it by themselves where their role may create tables. ${ABOUT_DATABASE}`,
  options: FLEET_OPTIONS,
  examples: [{ command: "samlcert fleet migrate", does: "prepare the database in a deployment" }],
  async run(invocation, io) {
    await withFleet(invocation, io, (_fleet, migrate) => migrate());
    io.stderr.write("The tables are up to date.\n");
    return EXIT.ok;
  },
};

/** Everything about a fleet, in the order of the help. */
export const fleetCommands: readonly Command[] = [
  fleetStatusCommand,
  ...fleetOrderCommands,
  fleetHistoryCommand,
  fleetMigrateCommand,
];
