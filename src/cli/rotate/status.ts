import { type Command, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { ACCOUNT_OPTIONS } from "../sendgrid/client.ts";
import { journalOptions } from "./options.ts";

const statusOptions: readonly OptionSpec[] = [
  {
    name: "integration",
    value: "ID",
    summary: "only this integration",
    multiple: true,
  },
  {
    name: "metadata",
    value: "ID=FILE|URL",
    summary: "metadata of the identity provider of an integration",
    multiple: true,
  },
  {
    name: "allow-private-addresses",
    summary: "let those URLs lead to this machine or a private network",
  },
  {
    name: "expiring-days",
    value: "DAYS",
    summary: "warn this many days before expiry",
    default: "30",
  },
  { name: "concurrency", value: "N", summary: "integrations that are read at once", default: "8" },
  { name: "all", summary: "also list every connection that is in order" },
  { name: "prometheus", value: "FILE", summary: "also write a text file for Prometheus" },
  { name: "html", value: "FILE", summary: "also write one page with a timeline" },
  ...journalOptions.filter(({ name }) => name === "journals"),
  ...ACCOUNT_OPTIONS,
  JSON_OPTION,
];

/** `samlcert rotate status`: the status of every integration of an account. */
export const rotateStatusCommand: Command = {
  name: "rotate status",
  summary: "show the status of every integration of the account",
  description:
    "Lists the stored certificates of each integration and the days that they last; with metadata, also the published certificates that are not stored; and the rotations that await a switch or a retirement.",
  options: statusOptions,
  examples: [
    { command: "samlcert rotate status", does: "see all integrations" },
    { command: "samlcert rotate status --html status.html", does: "write an HTML page" },
  ],
  formats: ["status"],
  async run(invocation, io) {
    const { lookAtAll } = await import("./look.ts");
    await lookAtAll(invocation, io);
    return EXIT.ok;
  },
};
