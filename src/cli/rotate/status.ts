import { type Command, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import { ACCOUNT_OPTIONS } from "../sendgrid/client.ts";

const statusOptions: readonly OptionSpec[] = [
  {
    name: "integration",
    value: "ID",
    summary: "only this one",
    multiple: true,
  },
  {
    name: "metadata",
    value: "ID=FILE|URL",
    summary: "what the identity provider of an integration publishes",
    multiple: true,
  },
  { name: "allow-private-addresses", summary: "let those URLs lead into a private network" },
  { name: "expiring-days", value: "DAYS", summary: "how soon is soon", default: "30" },
  { name: "concurrency", value: "N", summary: "integrations asked about at once", default: "8" },
  { name: "prometheus", value: "FILE", summary: "also write a text file for Prometheus" },
  { name: "html", value: "FILE", summary: "also write one page with a timeline" },
  ...ACCOUNT_OPTIONS,
  JSON_OPTION,
];

/** `samlcert rotate status`: how every integration of an account stands. */
export const rotateStatusCommand: Command = {
  name: "rotate status",
  summary: "show how every integration of the account stands",
  description:
    "Lists what is stored for each integration, how many days it lasts, and, where metadata is given, what the identity provider publishes and is not stored.",
  options: statusOptions,
  examples: [
    { command: "samlcert rotate status", does: "see all of them" },
    { command: "samlcert rotate status --html status.html", does: "make a page of it" },
  ],
  formats: ["status"],
  async run(invocation, io) {
    const { lookAtAll } = await import("./look.ts");
    await lookAtAll(invocation, io);
    return EXIT.ok;
  },
};

/** `samlcert watch`: the same for cron, which only wants to know whether something must be done. */
export const watchCommand: Command = {
  name: "watch",
  summary: "one look at every integration, for cron: ends with 1 if something must be done",
  description:
    "Looks once and ends: with 0 if nobody has to do anything, with 1 if a certificate ends soon, has ended, is published and not stored, or could not be looked at.",
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
