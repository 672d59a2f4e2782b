import type { Command } from "../framework/command.ts";
import { applyOptions, applyRotation } from "./apply.ts";

/** `samlcert rotate`: plans and executes at once; its subcommands do one of the two. */
export const rotateCommand: Command = {
  name: "rotate",
  summary: "replace the certificates of a SendGrid integration without downtime",
  description:
    "Adds the missing certificates, reads them back, and ends with exit code 6: old and new are both trusted, for as long as you like. Then switch the identity provider, and retire the old certificate with rotate retire. Every step is written to a journal, so rotate resume continues an interrupted run. The API key comes from SENDGRID_API_KEY or from a file.",
  options: applyOptions,
  examples: [
    {
      command: "samlcert rotate --integration ID --certificate next.pem --dry-run",
      does: "see the plan",
    },
    {
      command: "samlcert rotate --integration ID --certificate next.pem",
      does: "add the next certificate; then switch the identity provider",
    },
    {
      command: "samlcert rotate retire --integration ID --switched",
      does: "retire the old certificate after the switch",
    },
  ],
  formats: ["rotation", "rotation-plan"],
  run: applyRotation,
};
