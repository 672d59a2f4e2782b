import {
  type Certificate,
  certificateState,
  validateCertificate,
} from "../../certificates/index.ts";
import type { SendGridCertificate, SendGridClient } from "../../providers/sendgrid/index.ts";
import type { Command, OptionSpec } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { YES_OPTION } from "../provider/confirm.ts";
import { cell, day, facts, rows } from "../provider/output.ts";
import { type ProviderCommand, providerCommands } from "../provider/table.ts";
import { flagOption, flagValue, readText } from "../provider/values.ts";
import { sendGridGroup } from "./client.ts";

const ID = { name: "ID", summary: "the certificate's id" } as const;
const INTEGRATION = { name: "INTEGRATION", summary: "the integration's id" } as const;
const FILE = { name: "FILE", summary: "the certificate; - reads standard input" } as const;

const CREATED_ENABLED = flagOption(
  "enabled",
  "false stores it without trusting it; a new one is enabled by default",
);
const ENABLED = flagOption("enabled", "true trusts it, false does not; unchanged by default");
const ACCEPT: OptionSpec = {
  name: "accept",
  value: "CODE",
  summary: "a finding that does not stop the upload, such as validity.expired",
  multiple: true,
};

function read({ public_certificate }: SendGridCertificate): Certificate | undefined {
  return validateCertificate(public_certificate).certificate;
}

function stateOf(certificate: Certificate | undefined, io: Io): string {
  return certificate === undefined ? "unreadable" : certificateState(certificate, io.now());
}

const HEAD = ["ID", "STATE", "NOT BEFORE", "NOT AFTER", "SHA-256", "SUBJECT"] as const;

function line(stored: SendGridCertificate, io: Io): readonly unknown[] {
  const { id, not_before, not_after } = stored;
  const certificate = read(stored);
  const sha256 = certificate?.fingerprint.sha256.slice(0, 16);
  const subject = certificate?.subject.text;
  return [id, stateOf(certificate, io), day(not_before), day(not_after), sha256, subject];
}

function details(stored: SendGridCertificate, io: Io): string {
  const certificate = read(stored);
  return facts([
    ["id", stored.id],
    ["integration_id", stored.integration_id],
    ["state", stateOf(certificate, io)],
    ["not_before", day(stored.not_before)],
    ["not_after", day(stored.not_after)],
    ["subject", certificate?.subject.text],
    ["SHA-256", certificate?.fingerprint.sha256],
  ]);
}

const TABLE: readonly ProviderCommand<SendGridClient>[] = [
  {
    verb: "list",
    summary: "list the certificates of an SSO integration",
    arguments: [INTEGRATION],
    examples: [{ command: "INTEGRATION", does: "show them as a table" }],
    format: "sendgrid-certificates",
    async run({ args: [integration = ""], io, client, options }) {
      const certificates = await (await client()).certificates.list(integration, options);
      const lines = certificates.map((stored) => line(stored, io));
      return { json: { certificates }, text: rows(io, HEAD, lines) };
    },
  },
  {
    verb: "show",
    summary: "show one certificate of SendGrid",
    arguments: [ID],
    examples: [{ command: "ID", does: "show the stored certificate" }],
    format: "sendgrid-certificate",
    async run({ args: [id = ""], io, client, options }) {
      const certificate = await (await client()).certificates.get(id, options);
      return { json: { certificate }, text: details(certificate, io) };
    },
  },
  {
    verb: "create",
    summary: "add a certificate to an SSO integration",
    description: "Checks the certificate first. Adds it only if it is not stored yet.",
    arguments: [INTEGRATION, FILE],
    options: [CREATED_ENABLED, ACCEPT],
    examples: [
      {
        command: "INTEGRATION next.pem",
        does: "trust the next certificate besides the old one",
      },
    ],
    format: "sendgrid-certificate",
    async run({ args: [integration = "", path = ""], invocation, io, client, options }) {
      const { certificates } = await client();
      const pem = await readText(path, io, "a certificate");
      const ensured = await certificates.ensure(integration, pem, {
        ...options,
        enabled: flagValue(invocation, "enabled"),
        acceptFindings: invocation.values("accept"),
        now: io.now(),
      });
      const what = ensured.created ? "Added.\n" : "It was stored already.\n";
      return { json: { ...ensured }, text: what + details(ensured.certificate, io) };
    },
  },
  {
    verb: "update",
    summary: "enable, disable, move or overwrite a certificate",
    description:
      "Overwriting removes the old certificate at once: samlcert rotate keeps both for a while.",
    arguments: [ID],
    options: [
      { name: "certificate", value: "FILE", summary: "the certificate that replaces it" },
      { name: "integration", value: "ID", summary: "the integration to move it to" },
      ENABLED,
      ACCEPT,
      YES_OPTION,
    ],
    examples: [
      { command: "ID --enabled true", does: "enable it" },
      { command: "ID --certificate next.pem", does: "overwrite it; asks first" },
    ],
    format: "sendgrid-certificate",
    async run({ args: [id = ""], invocation, io, client, ask, options }) {
      const path = invocation.value("certificate");
      const enabled = flagValue(invocation, "enabled");
      const integration_id = invocation.value("integration");
      if ([path, enabled, integration_id].every((value) => value === undefined)) {
        const hint = "Give --enabled, --certificate or --integration.";
        throw new UsageError("No change is given.", hint);
      }
      const pem = path === undefined ? undefined : await readText(path, io, "a certificate");
      if (pem !== undefined || enabled === false || integration_id !== undefined) {
        const where = integration_id === undefined ? "" : " for its present integration";
        await ask(`SendGrid will no longer trust the certificate ${id}${where}.`);
      }
      const certificate = await (await client()).certificates.update(
        id,
        { public_certificate: pem, enabled, integration_id },
        { ...options, acceptFindings: invocation.values("accept"), now: io.now() },
      );
      return { json: { certificate }, text: details(certificate, io) };
    },
  },
  {
    verb: "delete",
    summary: "delete a certificate of SendGrid",
    arguments: [ID],
    options: [YES_OPTION],
    examples: [{ command: "ID", does: "asks first" }],
    format: "sendgrid-deletion",
    async run({ args: [id = ""], client, ask, options }) {
      await ask(`This deletes the certificate ${id} for good.`);
      await (await client()).certificates.delete(id, options);
      return { json: { deleted: id }, text: `Deleted ${cell(id)}.\n` };
    },
  },
];

/** `samlcert sendgrid certificates ...` */
export const certificateCommands: readonly Command[] = providerCommands(
  sendGridGroup("certificates"),
  TABLE,
);
