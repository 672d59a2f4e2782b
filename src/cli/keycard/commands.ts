import type { KeycardClient, KeycardSsoConnection } from "../../providers/keycard/index.ts";
import {
  type Command,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
} from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { readSecret } from "../input/credentials.ts";
import { YES_OPTION } from "../provider/confirm.ts";
import { facts } from "../provider/output.ts";
import { tellRequests } from "../provider/requests.ts";
import { type ProviderCommand, providerCommands } from "../provider/table.ts";

const ORGANIZATION = { name: "ORGANIZATION", summary: "the organization's id or label" } as const;

const OPTIONS: readonly OptionSpec[] = [
  { name: "service-account", value: "ID", summary: "client id of the service account" },
  { name: "secret-file", value: "FILE", summary: "file that holds the service account's secret" },
  { name: "base-url", value: "URL", summary: "another origin, such as that of a fake server" },
  JSON_OPTION,
];

const FIELDS: readonly OptionSpec[] = [
  { name: "identifier", value: "URL", summary: "the identity provider's issuer" },
  { name: "client-id", value: "ID", summary: "the OAuth client id at the identity provider" },
  {
    name: "client-secret-file",
    value: "FILE",
    summary: "file that holds the OAuth client secret; or set KEYCARD_SSO_CLIENT_SECRET",
  },
];

async function clientOf(invocation: Invocation, io: Io): Promise<KeycardClient> {
  const { createKeycardClient } = await import("../../providers/keycard/index.ts");
  const shared = {
    fetch: io.fetch,
    baseUrl: invocation.value("base-url"),
    ...tellRequests(io.progress, "Keycard"),
  };
  const token = io.env["KEYCARD_TOKEN"]?.trim() ?? "";
  const clientId = invocation.value("service-account") ?? io.env["KEYCARD_CLIENT_ID"]?.trim();
  if (token !== "" && invocation.value("service-account") === undefined) {
    return createKeycardClient({ ...shared, credentials: { token } });
  }
  if (clientId === undefined || clientId === "") {
    throw new UsageError("KEYCARD_CLIENT_ID is not set.", "Set it, or give --service-account.");
  }
  const clientSecret = await readSecret(
    {
      variable: "KEYCARD_CLIENT_SECRET",
      file: invocation.value("secret-file"),
      option: "secret-file",
    },
    io,
  );
  return createKeycardClient({ ...shared, credentials: { clientId, clientSecret } });
}

async function connectionSecret(invocation: Invocation, io: Io): Promise<string | undefined> {
  const file = invocation.value("client-secret-file");
  const variable = "KEYCARD_SSO_CLIENT_SECRET";
  if (file === undefined && (io.env[variable] ?? "") === "") return undefined;
  return await readSecret({ variable, file, option: "client-secret-file" }, io);
}

const details = (connection: KeycardSsoConnection): string => facts(Object.entries(connection));

const TABLE: readonly ProviderCommand<KeycardClient>[] = [
  {
    verb: "show",
    summary: "show the SSO connection of a Keycard organization",
    arguments: [ORGANIZATION],
    examples: [{ command: "ORGANIZATION", does: "show it, if SSO is enabled" }],
    format: "keycard-sso-connection",
    async run({ args: [organization = ""], client, options }) {
      const connection = await (await client()).ssoConnection.retrieve(organization, options);
      const text = connection === null ? "SSO is not enabled.\n" : details(connection);
      return { json: { connection }, text };
    },
  },
  {
    verb: "create",
    summary: "enable SSO for a Keycard organization, or bring it in step",
    description:
      "Changes only what differs. A secret is sent each time, because Keycard never tells it.",
    arguments: [ORGANIZATION],
    options: FIELDS.map((option) =>
      option.name === "client-secret-file" ? option : { ...option, required: true },
    ),
    examples: [
      {
        command: "ORGANIZATION --identifier URL --client-id ID",
        does: "enable SSO, or update it",
      },
    ],
    format: "keycard-sso-connection",
    async run({ args: [organization = ""], invocation, io, client, options }) {
      const client_secret = await connectionSecret(invocation, io);
      const body = {
        identifier: invocation.value("identifier") ?? "",
        client_id: invocation.value("client-id") ?? "",
        ...(client_secret === undefined ? {} : { client_secret }),
      };
      const ensured = await (await client()).ssoConnection.ensure(organization, body, options);
      return { json: { ...ensured }, text: `${ensured.action}\n${details(ensured.connection)}` };
    },
  },
  {
    verb: "update",
    summary: "change the SSO connection of a Keycard organization",
    description:
      "Keycard holds one client secret: a new one takes the place of the old at once, without an overlap. Add the new one at the identity provider first.",
    arguments: [ORGANIZATION],
    options: [
      ...FIELDS,
      {
        name: "remove",
        value: "FIELD",
        summary: "removes a field",
        multiple: true,
        choices: ["client_id", "client_secret", "protocols"],
      },
      YES_OPTION,
    ],
    examples: [
      { command: "ORGANIZATION --client-secret-file FILE", does: "replace the client secret" },
      { command: "ORGANIZATION --remove client_secret", does: "remove it; asks first" },
    ],
    format: "keycard-sso-connection",
    async run({ args: [organization = ""], invocation, io, client, ask, options }) {
      const removed = invocation.values("remove");
      const body = {
        identifier: invocation.value("identifier"),
        client_id: invocation.value("client-id"),
        client_secret: await connectionSecret(invocation, io),
        ...Object.fromEntries(removed.map((field) => [field, null])),
      };
      if (Object.values(body).every((value) => value === undefined)) {
        throw new UsageError("No change is named.", "Give one, such as --client-id ID.");
      }
      if (removed.length > 0) {
        await ask(`This removes ${removed.join(" and ")} of ${organization}.`);
      }
      const connection = await (await client()).ssoConnection.update(organization, body, options);
      return { json: { connection }, text: details(connection) };
    },
  },
  {
    verb: "delete",
    summary: "disable SSO for a Keycard organization",
    arguments: [ORGANIZATION],
    options: [YES_OPTION],
    examples: [{ command: "ORGANIZATION", does: "asks first" }],
    format: "keycard-deletion",
    async run({ args: [organization = ""], client, ask, options }) {
      await ask(`This disables SSO for everybody in ${organization}.`);
      const disabled = await (await client()).ssoConnection.disable(organization, options);
      return { json: { disabled }, text: disabled ? "Disabled.\n" : "SSO was not enabled.\n" };
    },
  },
];

/** `samlcert keycard ...` */
export const keycardCommands: readonly Command[] = providerCommands(
  {
    prefix: "keycard",
    options: OPTIONS,
    note: "The service account is KEYCARD_CLIENT_ID with KEYCARD_CLIENT_SECRET, or its options; a token in KEYCARD_TOKEN takes their place.",
    open: clientOf,
  },
  TABLE,
);
