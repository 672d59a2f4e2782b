import { type Command, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import { URL_OPTION } from "../input/urls.ts";
import { journalOptions } from "../rotate/options.ts";
import { ACCOUNT_OPTIONS } from "../sendgrid/client.ts";

const watchOptions: readonly OptionSpec[] = [
  {
    name: "config",
    value: "FILE",
    summary: "the sources; default: samlcert.json in this folder or above, if no SOURCE is given",
  },
  {
    name: "state",
    value: "FILE",
    summary: "what is kept between runs; default: watch.json in the folder of --journals",
  },
  { name: "no-state", summary: "keep nothing, and tell of no change" },
  { name: "all", summary: "also list every connection that is in order" },
  {
    name: "expiring-days",
    value: "DAYS",
    summary: "warn this many days before expiry; default: 30",
  },
  { name: "concurrency", value: "N", summary: "sources that are read at once; default: 8" },
  {
    name: "trust",
    value: "FILE",
    summary: "certificate that must have signed the metadata",
    multiple: true,
  },
  {
    name: "metadata",
    value: "ID=FILE|URL",
    summary: "metadata of the identity provider of a SendGrid integration",
    multiple: true,
  },
  { name: "every", value: "DURATION", summary: "run as a service, and look so often: 30m, 1h, 1d" },
  {
    name: "listen",
    value: "HOST:PORT",
    summary: "address of /metrics and /healthz of the service; default: 127.0.0.1:9794",
  },
  { name: "prometheus", value: "FILE", summary: "also write a text file for Prometheus" },
  { name: "html", value: "FILE", summary: "also write one page with a timeline" },
  { name: "ics", value: "FILE", summary: "also write a calendar with the ends of certificates" },
  {
    name: "webhook",
    value: "URL",
    summary: "tell changes to this URL; SAMLCERT_WEBHOOK_SECRET signs",
  },
  {
    name: "format",
    value: "NAME",
    summary: "the form of the output",
    choices: ["text", "json", "junit", "sarif", "github"],
    default: "text",
  },
  URL_OPTION,
  ...journalOptions.filter(({ name }) => name === "journals"),
  ...ACCOUNT_OPTIONS,
  JSON_OPTION,
];

/** `samlcert watch`: looks at everything once, or as a service. */
export const watchCommand: Command = {
  name: "watch",
  summary: "check certificates, metadata and keys wherever they are, once or as a service",
  description:
    "A SOURCE is an https URL of metadata, a file, a folder or a quoted glob (certificates in any form, metadata, the state of a key rollover), env:NAME for a certificate in a variable, keys:URL for the report of a service that follows its keys, or sendgrid:ID or sendgrid for what SendGrid stores. Without a SOURCE, the configuration is read. Changes since the last run are told once. Ends with 0 if no action is needed, and with 1 if somebody must act.",
  arguments: [{ name: "SOURCE", summary: "what to watch", optional: true, many: true }],
  options: watchOptions,
  examples: [
    { command: "samlcert watch sendgrid", does: "look at every integration of the account" },
    {
      command: "samlcert watch https://idp.example.com/metadata",
      does: "look at an identity provider",
    },
    { command: 'samlcert watch "certs/**/*.pem"', does: "look at files" },
    {
      command: "samlcert watch --prometheus /var/lib/node_exporter/samlcert.prom",
      does: "look at what samlcert.json names, from cron",
    },
    { command: "samlcert watch --every 1h", does: "run what samlcert.json names as a service" },
  ],
  formats: ["status"],
  async run(invocation, io) {
    const { runWatch } = await import("./run.ts");
    return await runWatch(invocation, io);
  },
};
