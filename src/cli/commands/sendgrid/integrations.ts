import type { SendGridIntegration } from "../../../providers/sendgrid/index.ts";
import type { Command, Invocation, OptionSpec } from "../../command.ts";
import { EXIT, UsageError } from "../../exit.ts";
import { confirm, YES_OPTION } from "../provider/confirm.ts";
import { cell, day, facts, rows, show } from "../provider/output.ts";
import { flagOption, flagValue } from "../provider/values.ts";
import { KEY_NOTE, SENDGRID_OPTIONS, sendGridClient } from "./client.ts";

const ID = { name: "ID", summary: "the integration's id" } as const;

const FIELDS: readonly OptionSpec[] = [
  { name: "name", value: "TEXT", summary: "what the integration is called" },
  { name: "signin-url", value: "URL", summary: "where the identity provider takes requests" },
  { name: "signout-url", value: "URL", summary: "where people go when they sign out" },
  { name: "entity-id", value: "URI", summary: "the identity provider's issuer" },
  flagOption("enabled", "whether people can sign in through it"),
];

const REQUIRED_FIELDS = FIELDS.map((option) => ({ ...option, required: true }));

function fieldsOf(invocation: Invocation) {
  return {
    name: invocation.value("name"),
    signin_url: invocation.value("signin-url"),
    signout_url: invocation.value("signout-url"),
    entity_id: invocation.value("entity-id"),
    enabled: flagValue(invocation, "enabled"),
  };
}

function details(integration: SendGridIntegration): string {
  const { last_updated, ...rest } = integration;
  return facts([...Object.entries(rest), ["last_updated", day(last_updated)]]);
}

const list: Command = {
  name: "sendgrid integrations list",
  summary: "list the SSO integrations of a SendGrid account",
  description: KEY_NOTE,
  options: SENDGRID_OPTIONS,
  examples: [{ command: "samlcert sendgrid integrations list", does: "show them as a table" }],
  async run(invocation, io) {
    const client = await sendGridClient(invocation, io);
    const integrations = await client.integrations.list({ signal: io.signal });
    const text = rows(
      io,
      ["ID", "ENABLED", "COMPLETED", "NAME", "ISSUER"],
      integrations.map((one) => [
        one.id,
        one.enabled,
        one.completed_integration,
        one.name,
        one.entity_id,
      ]),
    );
    show(invocation, io, { format: "sendgrid-integrations", json: { integrations }, text });
    return EXIT.ok;
  },
};

const showOne: Command = {
  name: "sendgrid integrations show",
  summary: "show one SSO integration",
  description: KEY_NOTE,
  arguments: [ID],
  options: SENDGRID_OPTIONS,
  examples: [{ command: "samlcert sendgrid integrations show ID", does: "show all its fields" }],
  async run(invocation, io) {
    const client = await sendGridClient(invocation, io);
    const [id = ""] = invocation.arguments;
    const integration = await client.integrations.get(id, { signal: io.signal });
    const text = details(integration);
    show(invocation, io, { format: "sendgrid-integration", json: { integration }, text });
    return EXIT.ok;
  },
};

const create: Command = {
  name: "sendgrid integrations create",
  summary: "create an SSO integration",
  description: KEY_NOTE,
  options: [...REQUIRED_FIELDS, ...SENDGRID_OPTIONS],
  examples: [
    {
      command:
        "samlcert sendgrid integrations create --name Okta --enabled false --signin-url URL --signout-url URL --entity-id URI",
      does: "create it switched off, to enable it when its certificate is there",
    },
  ],
  async run(invocation, io) {
    const client = await sendGridClient(invocation, io);
    const {
      name = "",
      signin_url = "",
      signout_url = "",
      entity_id = "",
      enabled = false,
    } = fieldsOf(invocation);
    const body = { name, signin_url, signout_url, entity_id, enabled };
    const integration = await client.integrations.create(body, { signal: io.signal });
    const text = details(integration);
    show(invocation, io, { format: "sendgrid-integration", json: { integration }, text });
    return EXIT.ok;
  },
};

const update: Command = {
  name: "sendgrid integrations update",
  summary: "change fields of an SSO integration",
  description: `Reads the integration, changes what is named, and writes the whole. ${KEY_NOTE}`,
  arguments: [ID],
  options: [...FIELDS, YES_OPTION, ...SENDGRID_OPTIONS],
  examples: [
    { command: "samlcert sendgrid integrations update ID --name Okta", does: "rename it" },
    {
      command: "samlcert sendgrid integrations update ID --enabled false",
      does: "switch SSO off; asks first",
    },
  ],
  async run(invocation, io) {
    const changes = fieldsOf(invocation);
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new UsageError("No field is named.", "Name one, such as --name TEXT.");
    }
    const [id = ""] = invocation.arguments;
    if (changes.enabled === false) {
      await confirm(invocation, io, `This locks out everybody who signs in through ${id}.`);
    }
    const client = await sendGridClient(invocation, io);
    const updated = await client.integrations.update(id, changes, { signal: io.signal });
    const { changed, notTaken } = updated;
    const lines = changed.map(
      ({ field, before, after }) => `${field}: ${cell(before)} -> ${cell(after)}\n`,
    );
    const lost = notTaken.map(({ field }) => `SendGrid did not take ${field}.\n`);
    const text = changed.length === 0 ? "Nothing to change.\n" : [...lines, ...lost].join("");
    show(invocation, io, { format: "sendgrid-integration-update", json: { ...updated }, text });
    return notTaken.length === 0 ? EXIT.ok : EXIT.findings;
  },
};

const remove: Command = {
  name: "sendgrid integrations delete",
  summary: "delete an SSO integration and its certificates",
  description: KEY_NOTE,
  arguments: [ID],
  options: [YES_OPTION, ...SENDGRID_OPTIONS],
  examples: [{ command: "samlcert sendgrid integrations delete ID", does: "asks first" }],
  async run(invocation, io) {
    const [id = ""] = invocation.arguments;
    await confirm(
      invocation,
      io,
      `This deletes the integration ${id} with its certificates for good.`,
    );
    const client = await sendGridClient(invocation, io);
    await client.integrations.delete(id, { signal: io.signal });
    const text = `Deleted ${cell(id)}.\n`;
    show(invocation, io, { format: "sendgrid-deletion", json: { deleted: id }, text });
    return EXIT.ok;
  },
};

/** `samlcert sendgrid integrations ...` */
export const integrationCommands: readonly Command[] = [list, showOne, create, update, remove];
