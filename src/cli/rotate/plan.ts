import { type Command, JSON_OPTION } from "../framework/command.ts";
import { explainOption } from "./apply.ts";
import { openConnection } from "./connection.ts";
import { makePlan } from "./desired.ts";
import { connectionOptions, desiredOptions, journalOptions, policyOptions } from "./options.ts";

/** `samlcert rotate plan`: prints what a rotation would do, for people or as JSON. */
export const rotatePlanCommand: Command = {
  name: "rotate plan",
  summary: "print what a rotation would do, and change nothing",
  description:
    "Reads the stored certificates and prints what changes, what to do at the identity provider, and what comes next. With --json, the plan can be kept and given to rotate apply. Ends with 1 if a guard forbids it.",
  options: [
    ...connectionOptions,
    ...desiredOptions,
    ...policyOptions,
    explainOption,
    ...journalOptions.filter(({ name }) => name !== "take-over"),
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert rotate plan --integration ID --certificate next.pem",
      does: "read what would happen",
    },
    {
      command: "samlcert rotate plan --integration ID --metadata idp.xml --json > plan.json",
      does: "keep the plan, to be approved and applied later",
    },
  ],
  formats: ["rotation-plan"],
  async run(invocation, io) {
    const connection = await openConnection(invocation, io);
    const { showPlan } = await import("./execute.ts");
    return showPlan(await makePlan(invocation, io, connection), invocation, io);
  },
};
