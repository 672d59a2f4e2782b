import { isoTime } from "../../core/time.ts";
import type { FleetStatus, TenantState, TenantStatus } from "../../postgres/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { jsonDocument } from "../output/json.ts";
import { styleFor } from "../output/style.ts";
import { table, tableWidth } from "../output/table.ts";
import { printable } from "../output/text.ts";
import { ABOUT_DATABASE, FLEET_OPTIONS, withFleet } from "./database.ts";

const STATES: readonly TenantState[] = [
  ...(["new", "active", "rotating", "awaiting_switch", "waiting"] as const),
  ...(["awaiting_approval", "refused", "failing", "dead"] as const),
];

const HEAD = ["TENANT", "STATE", "LOOKED AT", "REASON"];

/** `samlcert fleet status`: the state of the whole fleet. */
export const fleetStatusCommand: Command = {
  name: "fleet status",
  summary: "show the state of a fleet of tenants, and those that need a person",
  description: `${ABOUT_DATABASE} Exit code 1 if a tenant awaits an approval, is refused or is dead.`,
  options: [
    {
      name: "state",
      value: "STATE",
      summary: "list the tenants in this state (repeatable), instead of those that need a person",
      multiple: true,
      choices: STATES,
    },
    ...FLEET_OPTIONS,
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert fleet status", does: "see what is due, and which tenants need you" },
    { command: "samlcert fleet status --state failing", does: "list the tenants that fail" },
  ],
  formats: ["fleet-status"],
  async run(invocation, io) {
    const states = invocation.values("state") as readonly TenantState[];
    const query = states.length === 0 ? {} : { states };
    const status = await withFleet(invocation, io, (fleet) => fleet.status(query));
    if (invocation.flag("json")) io.stdout.write(jsonDocument("fleet-status", { fleet: status }));
    else io.stdout.write(textOf(status, io));
    const { awaiting_approval = 0, refused = 0, dead = 0 } = status.states;
    return awaiting_approval + refused + dead > 0 ? EXIT.findings : EXIT.ok;
  },
};

function textOf(status: FleetStatus, io: Io): string {
  const { paused, tenants, states, pausedTenants, due, longestWaitSeconds, workers } = status;
  const counts = STATES.flatMap((state) => {
    const count = states[state] ?? 0;
    return count === 0 ? [] : [`  ${String(count).padStart(8)}  ${state}`];
  });
  const lines = [
    `${tenants} tenants, ${due} due${due === 0 ? "" : ` (for ${longestWaitSeconds} s at most)`}, ${workers.length} workers`,
    ...counts,
    ...(paused ? ["All work is paused: samlcert fleet resume --all"] : []),
    ...(pausedTenants === 0 ? [] : [`${pausedTenants} tenants are paused.`]),
  ];
  const rows = status.attention.map(row);
  const list =
    rows.length === 0
      ? ""
      : `\n${table(HEAD, rows, styleFor(io.stdout, io), tableWidth(io.stdout))}`;
  return `${lines.join("\n")}\n${list}`;
}

function row({ tenant, state, lookedAt, code, message }: TenantStatus): readonly string[] {
  const looked = lookedAt === undefined ? "" : isoTime(lookedAt);
  const approval = `approve it: samlcert fleet approve ${tenant}`;
  const reason = code === undefined ? "" : `${code}: ${message ?? ""}`;
  return [tenant, state, looked, state === "awaiting_approval" ? approval : reason].map(printable);
}
