import { type Command, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
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

/** `samlcert watch`: the same for cron, with an exit code that tells if action is needed. */
export const watchCommand: Command = {
  name: "watch",
  summary: "check every integration once, for cron: ends with 1 if action is needed",
  description:
    "Ends with 0 if no action is needed, and with 1 if a certificate ends soon or has ended, is published and not stored, could not be read, or if a rotation awaits its switch or its retirement.",
  options: statusOptions,
  examples: [
    {
      command: "samlcert watch --prometheus /var/lib/node_exporter/samlcert.prom",
      does: "from cron, once a day",
    },
  ],
  formats: ["status"],
  async run(invocation, io): Promise<ExitCode> {
    const { lookAtAll } = await import("./look.ts");
    const statuses = await lookAtAll(invocation, io);
    return statuses.some(({ actionNeeded }) => actionNeeded) ? EXIT.findings : EXIT.ok;
  },
};
