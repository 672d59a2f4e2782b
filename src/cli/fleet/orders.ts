import type { Fleet } from "../../postgres/index.ts";
import type { Command, OptionSpec } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { printable } from "../output/text.ts";
import { ABOUT_DATABASE, FLEET_OPTIONS, personOf, withFleet } from "./database.ts";

interface Order {
  readonly verb: "approve" | "confirm" | "pause" | "resume" | "retry";
  readonly summary: string;
  readonly description: string;
  /** Can be given for the whole fleet. */
  readonly all?: true;
  readonly done: string;
  readonly example: string;
}

const ORDERS: readonly Order[] = [
  {
    verb: "approve",
    summary: "let the plans of tenants be executed that await an approval",
    description:
      "An approval is for the steps that the plan had: if the certificates change before it is executed, it is held again.",
    done: "approved",
    example: "execute the plan that was held",
  },
  {
    verb: "confirm",
    summary: "say that the identity providers of tenants have switched",
    description: "The superseded certificates are retired at the next look, which begins at once.",
    done: "confirmed",
    example: "retire the old certificate, once people sign in with the new one",
  },
  {
    verb: "pause",
    summary: "stop the work on tenants, or on the whole fleet",
    description: "Work that is being done stops between two steps, within a third of a minute.",
    all: true,
    done: "paused",
    example: "leave this tenant alone",
  },
  {
    verb: "resume",
    summary: "go on with tenants that were paused, or with the whole fleet",
    description: "A tenant that was paused by itself stays paused after --all.",
    all: true,
    done: "resumed",
    example: "go on with this tenant",
  },
  {
    verb: "retry",
    summary: "look at tenants now, such as at dead letters",
    description: "Use it once the cause is gone: the number of failures begins at 0 again.",
    done: "to be looked at now",
    example: "look at this tenant now",
  },
];

const ALL: OptionSpec = { name: "all", summary: "the whole fleet, instead of single tenants" };

function commandOf({ verb, summary, description, all, done, example }: Order): Command {
  return {
    name: `fleet ${verb}`,
    summary,
    description: `${description} ${ABOUT_DATABASE}`,
    arguments: [
      { name: "TENANT", summary: "the tenants", many: true, ...(all && { optional: true }) },
    ],
    options: [...(all ? [ALL] : []), ...FLEET_OPTIONS],
    examples: [{ command: `samlcert fleet ${verb} acme`, does: example }],
    async run(invocation, io) {
      const tenants = invocation.arguments;
      const isAll = all === true && invocation.flag("all");
      if (isAll === tenants.length > 0) {
        throw new UsageError("Give tenants, or --all.", `See: samlcert fleet ${verb} --help`);
      }
      const by = { by: personOf(io) };
      await withFleet(invocation, io, async (fleet: Fleet) => {
        if (isAll) await fleet[verb as "pause"](undefined, by);
        if (isAll) io.stderr.write(`The fleet is ${done}.\n`);
        for (const tenant of tenants) {
          await fleet[verb](tenant, by);
          io.stderr.write(`${printable(tenant)} is ${done}.\n`);
        }
      });
      return EXIT.ok;
    },
  };
}

export const fleetOrderCommands: readonly Command[] = ORDERS.map(commandOf);
