import {
  type Certificate,
  certificateState,
  validateCertificate,
} from "../../../certificates/index.ts";
import type { SendGridCertificate } from "../../../providers/sendgrid/index.ts";
import type { Command, OptionSpec } from "../../command.ts";
import { EXIT, UsageError } from "../../exit.ts";
import type { Io } from "../../io.ts";
import { confirm, YES_OPTION } from "../provider/confirm.ts";
import { cell, day, facts, rows, show } from "../provider/output.ts";
import { flagOption, flagValue, readText } from "../provider/values.ts";
import { KEY_NOTE, SENDGRID_OPTIONS, sendGridClient } from "./client.ts";

const ID = { name: "ID", summary: "the certificate's id" } as const;
const INTEGRATION = { name: "INTEGRATION", summary: "the integration's id" } as const;
const FILE = { name: "FILE", summary: "the certificate; - reads standard input" } as const;

const ENABLED = flagOption("enabled", "whether SendGrid trusts it; not sent unless given");
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

const list: Command = {
  name: "sendgrid certificates list",
  summary: "list the certificates of an SSO integration",
  description: KEY_NOTE,
  arguments: [INTEGRATION],
  options: SENDGRID_OPTIONS,
  examples: [
    { command: "samlcert sendgrid certificates list INTEGRATION", does: "show them as a table" },
  ],
  async run(invocation, io) {
    const client = await sendGridClient(invocation, io);
    const [integration = ""] = invocation.arguments;
    const certificates = await client.certificates.list(integration, { signal: io.signal });
    const lines = certificates.map((stored) => {
      const certificate = read(stored);
      const sha256 = certificate?.fingerprint.sha256.slice(0, 16);
      const { id, not_before, not_after } = stored;
      return [
        id,
        stateOf(certificate, io),
        day(not_before),
        day(not_after),
        sha256,
        certificate?.subject.text,
      ];
    });
    const text = rows(io, ["ID", "STATE", "NOT BEFORE", "NOT AFTER", "SHA-256", "SUBJECT"], lines);
    show(invocation, io, { format: "sendgrid-certificates", json: { certificates }, text });
    return EXIT.ok;
  },
};

const showOne: Command = {
  name: "sendgrid certificates show",
  summary: "show one certificate of SendGrid",
  description: KEY_NOTE,
  arguments: [ID],
  options: SENDGRID_OPTIONS,
  examples: [{ command: "samlcert sendgrid certificates show ID", does: "show what is stored" }],
  async run(invocation, io) {
    const client = await sendGridClient(invocation, io);
    const [id = ""] = invocation.arguments;
    const certificate = await client.certificates.get(id, { signal: io.signal });
    const text = details(certificate, io);
    show(invocation, io, { format: "sendgrid-certificate", json: { certificate }, text });
    return EXIT.ok;
  },
};

const create: Command = {
  name: "sendgrid certificates create",
  summary: "add a certificate to an SSO integration",
  description: `Checks the certificate first. Adds it only if it is not there yet. ${KEY_NOTE}`,
  arguments: [INTEGRATION, FILE],
  options: [ENABLED, ACCEPT, ...SENDGRID_OPTIONS],
  examples: [
    {
      command: "samlcert sendgrid certificates create INTEGRATION next.pem --enabled true",
      does: "trust the next certificate beside the old one",
    },
  ],
  async run(invocation, io) {
    const client = await sendGridClient(invocation, io);
    const [integration = "", path = ""] = invocation.arguments;
    const ensured = await client.certificates.ensure(
      integration,
      await readText(path, io, "a certificate"),
      {
        enabled: flagValue(invocation, "enabled"),
        acceptFindings: invocation.values("accept"),
        now: io.now(),
        signal: io.signal,
      },
    );
    const what = ensured.created ? "Added.\n" : "It was there already.\n";
    const text = `${what}${details(ensured.certificate, io)}`;
    show(invocation, io, { format: "sendgrid-certificate", json: { ...ensured }, text });
    return EXIT.ok;
  },
};

const update: Command = {
  name: "sendgrid certificates update",
  summary: "switch a certificate on or off, or overwrite it in its place",
  description: `Overwriting takes the old certificate away at once: samlcert rotate keeps both for a while. ${KEY_NOTE}`,
  arguments: [ID],
  options: [
    { name: "certificate", value: "FILE", summary: "the certificate that takes its place" },
    ENABLED,
    ACCEPT,
    YES_OPTION,
    ...SENDGRID_OPTIONS,
  ],
  examples: [
    { command: "samlcert sendgrid certificates update ID --enabled true", does: "switch it on" },
    {
      command: "samlcert sendgrid certificates update ID --certificate next.pem",
      does: "overwrite it; asks first",
    },
  ],
  async run(invocation, io) {
    const [id = ""] = invocation.arguments;
    const path = invocation.value("certificate");
    const enabled = flagValue(invocation, "enabled");
    if (path === undefined && enabled === undefined) {
      throw new UsageError("No change is named.", "Give --enabled or --certificate.");
    }
    const text = path === undefined ? undefined : await readText(path, io, "a certificate");
    if (text !== undefined || enabled === false) {
      await confirm(invocation, io, `SendGrid will not trust the certificate ${id} any more.`);
    }
    const client = await sendGridClient(invocation, io);
    const certificate = await client.certificates.update(
      id,
      { public_certificate: text, enabled },
      { acceptFindings: invocation.values("accept"), now: io.now(), signal: io.signal },
    );
    const shown = details(certificate, io);
    show(invocation, io, { format: "sendgrid-certificate", json: { certificate }, text: shown });
    return EXIT.ok;
  },
};

const remove: Command = {
  name: "sendgrid certificates delete",
  summary: "delete a certificate of SendGrid",
  description: KEY_NOTE,
  arguments: [ID],
  options: [YES_OPTION, ...SENDGRID_OPTIONS],
  examples: [{ command: "samlcert sendgrid certificates delete ID", does: "asks first" }],
  async run(invocation, io) {
    const [id = ""] = invocation.arguments;
    await confirm(invocation, io, `This deletes the certificate ${id} for good.`);
    const client = await sendGridClient(invocation, io);
    await client.certificates.delete(id, { signal: io.signal });
    const text = `Deleted ${cell(id)}.\n`;
    show(invocation, io, { format: "sendgrid-deletion", json: { deleted: id }, text });
    return EXIT.ok;
  },
};

/** `samlcert sendgrid certificates ...` */
export const certificateCommands: readonly Command[] = [list, showOne, create, update, remove];
