import { type Command, JSON_OPTION } from "../framework/command.ts";
import { applyRotation, dryRunOption } from "./apply.ts";
import { connectionOptions, desiredOptions, journalOption, policyOptions } from "./options.ts";
import { rotateResumeCommand } from "./resume.ts";

/** `samlcert rotate`: plans and executes at once; its subcommands do one of the two. */
export const rotateCommand: Command = {
  name: "rotate",
  summary: "replace the certificates of a SendGrid integration without downtime",
  description:
    "Adds what is missing, reads it back, lets old and new overlap, then removes the old. Every step is written to the journal before and after it is done, so that an interrupted run goes on with rotate resume. The API key comes from SENDGRID_API_KEY or from a file.",
  options: [
    ...connectionOptions,
    ...desiredOptions,
    ...policyOptions,
    dryRunOption,
    { name: "resume", summary: "the same as rotate resume" },
    journalOption,
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert rotate --integration ID --certificate next.pem --dry-run",
      does: "see the plan",
    },
    {
      command: "samlcert rotate --integration ID --certificate next.pem",
      does: "execute it; it stops when the overlap begins",
    },
  ],
  formats: ["rotation", "rotation-plan"],
  async run(invocation, io) {
    if (invocation.flag("resume")) return await rotateResumeCommand.run(invocation, io);
    return await applyRotation(invocation, io);
  },
};
