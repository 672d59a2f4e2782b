import type { SendGridClient, SendGridIntegration } from "../../providers/sendgrid/index.ts";
import type { Command, Invocation, OptionSpec } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { YES_OPTION } from "../provider/confirm.ts";
import { cell, day, facts, rows } from "../provider/output.ts";
import { type ProviderCommand, providerCommands } from "../provider/table.ts";
import { flagOption, flagValue } from "../provider/values.ts";
import { sendGridGroup } from "./client.ts";

const ID = { name: "ID", summary: "the integration's id" } as const;

const FIELDS: readonly OptionSpec[] = [
  { name: "name", value: "TEXT", summary: "name of the integration" },
  {
    name: "signin-url",
    value: "URL",
    summary: "where the identity provider takes sign-in requests",
  },
  { name: "signout-url", value: "URL", summary: "where people go after they sign out" },
  { name: "entity-id", value: "URI", summary: "the identity provider's issuer" },
  flagOption("enabled", "true lets people sign in through it"),
];

const REQUIRED_FIELDS = FIELDS.map((option) => ({ ...option, required: true }));

const COMPLETED = flagOption("completed-integration", "true marks the setup as complete");
const SI = flagOption(
  "si",
  "false leaves completed_integration out of the answer; true by default",
);

function siOf(invocation: Invocation): { readonly si?: boolean | undefined } {
  return { si: flagValue(invocation, "si") };
}

function fieldsOf(invocation: Invocation) {
  return {
    name: invocation.value("name"),
    signin_url: invocation.value("signin-url"),
    signout_url: invocation.value("signout-url"),
    entity_id: invocation.value("entity-id"),
    enabled: flagValue(invocation, "enabled"),
    completed_integration: flagValue(invocation, "completed-integration"),
  };
}

const HEAD = ["ID", "ENABLED", "COMPLETED", "NAME", "ISSUER"] as const;

function line(integration: SendGridIntegration): readonly unknown[] {
  const { id, enabled, completed_integration, name, entity_id } = integration;
  return [id, enabled, completed_integration, name, entity_id];
}

function details(integration: SendGridIntegration): string {
  const { last_updated, ...rest } = integration;
  return facts([...Object.entries(rest), ["last_updated", day(last_updated)]]);
}

const TABLE: readonly ProviderCommand<SendGridClient>[] = [
  {
    verb: "list",
    summary: "list the SSO integrations of a SendGrid account",
    options: [SI],
    examples: [{ command: "", does: "show them as a table" }],
    format: "sendgrid-integrations",
    async run({ invocation, io, client, options }) {
      const { integrations: group } = await client();
      const integrations = await group.list({ ...options, ...siOf(invocation) });
      return { json: { integrations }, text: rows(io, HEAD, integrations.map(line)) };
    },
  },
  {
    verb: "show",
    summary: "show one SSO integration",
    arguments: [ID],
    options: [SI],
    examples: [{ command: "ID", does: "show all its fields" }],
    format: "sendgrid-integration",
    async run({ args: [id = ""], invocation, client, options }) {
      const { integrations } = await client();
      const integration = await integrations.get(id, { ...options, ...siOf(invocation) });
      return { json: { integration }, text: details(integration) };
    },
  },
  {
    verb: "create",
    summary: "create an SSO integration",
    options: [...REQUIRED_FIELDS, COMPLETED],
    examples: [
      {
        command: "--name Okta --enabled false --signin-url URL --signout-url URL --entity-id URI",
        does: "create it switched off, to enable it when its certificate is there",
      },
    ],
    format: "sendgrid-integration",
    async run({ invocation, client, options }) {
      const fields = fieldsOf(invocation);
      const { name = "", signin_url = "", signout_url = "", entity_id = "" } = fields;
      const { enabled = false } = fields;
      const body = { ...fields, name, signin_url, signout_url, entity_id, enabled };
      const integration = await (await client()).integrations.create(body, options);
      return { json: { integration }, text: details(integration) };
    },
  },
  {
    verb: "update",
    summary: "change fields of an SSO integration",
    description: "Reads the integration, changes the given fields, and writes it whole.",
    arguments: [ID],
    options: [...FIELDS, COMPLETED, SI, YES_OPTION],
    examples: [
      { command: "ID --name Okta", does: "rename it" },
      { command: "ID --enabled false", does: "switch SSO off; asks first" },
    ],
    format: "sendgrid-integration-update",
    async run({ args: [id = ""], invocation, client, ask, options }) {
      const changes = fieldsOf(invocation);
      if (Object.values(changes).every((value) => value === undefined)) {
        throw new UsageError("No field is named.", "Name one, such as --name TEXT.");
      }
      if (changes.enabled === false) {
        await ask(`This locks out everybody who signs in through ${id}.`);
      }
      const updated = await (await client()).integrations.update(id, changes, {
        ...options,
        ...siOf(invocation),
      });
      const { changed, notTaken } = updated;
      const lines = changed.map(
        ({ field, before, after }) => `${field}: ${cell(before)} -> ${cell(after)}\n`,
      );
      const lost = notTaken.map(({ field }) => `SendGrid did not take ${field}.\n`);
      const text = changed.length === 0 ? "Nothing to change.\n" : [...lines, ...lost].join("");
      const exit = notTaken.length === 0 ? EXIT.ok : EXIT.findings;
      return { json: { ...updated }, text, exit };
    },
  },
  {
    verb: "delete",
    summary: "delete an SSO integration and its certificates",
    arguments: [ID],
    options: [YES_OPTION],
    examples: [{ command: "ID", does: "asks first" }],
    format: "sendgrid-deletion",
    async run({ args: [id = ""], client, ask, options }) {
      await ask(`This deletes the integration ${id} with its certificates for good.`);
      await (await client()).integrations.delete(id, options);
      return { json: { deleted: id }, text: `Deleted ${cell(id)}.\n` };
    },
  },
];

/** `samlcert sendgrid integrations ...` */
export const integrationCommands: readonly Command[] = providerCommands(
  sendGridGroup("integrations"),
  TABLE,
);
