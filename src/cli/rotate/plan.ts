import { type Command, JSON_OPTION } from "../framework/command.ts";
import { openStore } from "./connection.ts";
import { makePlan } from "./desired.ts";
import { connectionOptions, desiredOptions, policyOptions } from "./options.ts";

/** `samlcert rotate plan`: says what a rotation would do, as a runbook or as JSON. */
export const rotatePlanCommand: Command = {
  name: "rotate plan",
  summary: "say what a rotation would do, and change nothing",
  description:
    "Reads what is stored and prints a runbook: each step with its reason and its risk, what is done at the identity provider, and how many requests it costs. With --json, the plan can be kept and given to rotate apply. Ends with 1 if a guard forbids it.",
  options: [...connectionOptions, ...desiredOptions, ...policyOptions, JSON_OPTION],
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
    const store = await openStore(invocation, io);
    const { showPlan } = await import("./execute.ts");
    return showPlan(await makePlan(invocation, io, store), invocation, io);
  },
};
