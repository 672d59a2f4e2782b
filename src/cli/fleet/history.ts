import { isoTime } from "../../core/time.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { jsonDocument } from "../output/json.ts";
import { styleFor } from "../output/style.ts";
import { table, tableWidth } from "../output/table.ts";
import { printable } from "../output/text.ts";
import { ABOUT_DATABASE, FLEET_OPTIONS, withFleet } from "./database.ts";

/** `samlcert fleet history`: the events of a tenant. */
export const fleetHistoryCommand: Command = {
  name: "fleet history",
  summary: "show what happened to a tenant, the newest first",
  description: ABOUT_DATABASE,
  arguments: [{ name: "TENANT", summary: "the tenant" }],
  options: [...FLEET_OPTIONS, JSON_OPTION],
  examples: [{ command: "samlcert fleet history acme", does: "see why acme is refused" }],
  formats: ["fleet-history"],
  async run(invocation, io) {
    const [tenant = ""] = invocation.arguments;
    const history = await withFleet(invocation, io, (fleet) => fleet.history(tenant));
    if (invocation.flag("json")) {
      io.stdout.write(jsonDocument("fleet-history", { tenant, history }));
      return EXIT.ok;
    }
    const rows = history.map(({ at, type, by, code = "", message = "" }) =>
      [isoTime(at), type, by, code === "" ? "" : `${code}: ${message}`].map(printable),
    );
    const style = styleFor(io.stdout, io);
    io.stdout.write(
      rows.length === 0
        ? "Nothing has happened to this tenant yet.\n"
        : table(["TIME", "EVENT", "BY", "REASON"], rows, style, tableWidth(io.stdout)),
    );
    return EXIT.ok;
  },
};
