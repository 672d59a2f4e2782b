import type {
  KeycardClient,
  KeycardProtocols,
  KeycardSsoConnection,
} from "../../providers/keycard/index.ts";
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
import { type Call, type ProviderCommand, providerCommands } from "../provider/table.ts";
import { readJson } from "../provider/values.ts";

const ORGANIZATION = { name: "ORGANIZATION", summary: "the organization's id or label" } as const;

const OPTIONS: readonly OptionSpec[] = [
  { name: "service-account", value: "ID", summary: "client id of the service account" },
  { name: "secret-file", value: "FILE", summary: "file with the service account's secret" },
  { name: "base-url", value: "URL", summary: "another API URL, e.g. the fake server's" },
  {
    name: "request-id",
    value: "UUID",
    summary: "sent as X-Client-Request-ID; a random one by default",
  },
  JSON_OPTION,
];

const FIELDS: readonly OptionSpec[] = [
  { name: "identifier", value: "URL", summary: "the identity provider's issuer" },
  { name: "client-id", value: "ID", summary: "the OAuth client id at the identity provider" },
  {
    name: "client-secret-file",
    value: "FILE",
    summary: "file with the OAuth client secret; or set KEYCARD_SSO_CLIENT_SECRET",
  },
  {
    name: "protocols",
    value: "FILE",
    summary: "JSON object with the endpoints; - reads standard input",
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

async function protocolsOf(invocation: Invocation, io: Io): Promise<KeycardProtocols | undefined> {
  const path = invocation.value("protocols");
  return path === undefined ? undefined : await readJson(path, io);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Options of a call, with the request id that the command line gives. */
function callOf({ options, invocation }: Call<KeycardClient>) {
  const requestId = invocation.value("request-id");
  if (requestId !== undefined && !UUID.test(requestId)) {
    const hint = "Give a UUID, such as one of `uuidgen`.";
    throw new UsageError(`Invalid value "${requestId}" for --request-id.`, hint);
  }
  return { ...options, requestId };
}

const details = (connection: KeycardSsoConnection): string => facts(Object.entries(connection));

const TABLE: readonly ProviderCommand<KeycardClient>[] = [
  {
    verb: "show",
    summary: "show the SSO connection of a Keycard organization",
    arguments: [ORGANIZATION],
    options: [
      {
        name: "expand",
        value: "NAME",
        summary: "further fields",
        multiple: true,
        choices: ["permissions"],
      },
    ],
    examples: [
      { command: "ORGANIZATION", does: "show it, if SSO is enabled" },
      { command: "ORGANIZATION --expand permissions", does: "show your permissions as well" },
    ],
    format: "keycard-sso-connection",
    async run(call) {
      const [organization = ""] = call.args;
      const { ssoConnection } = await call.client();
      const expand = call.invocation.values("expand").map(() => "permissions" as const);
      const connection = await ssoConnection.retrieve(organization, { ...callOf(call), expand });
      const text = connection === null ? "SSO is not enabled.\n" : details(connection);
      return { json: { connection }, text };
    },
  },
  {
    verb: "create",
    summary: "enable SSO for a Keycard organization, or update it",
    description:
      "Changes only the fields that differ. A secret is always sent, because Keycard never returns it.",
    arguments: [ORGANIZATION],
    options: FIELDS.map((option) =>
      ["identifier", "client-id"].includes(option.name) ? { ...option, required: true } : option,
    ),
    examples: [
      {
        command: "ORGANIZATION --identifier URL --client-id ID",
        does: "enable SSO, or update it",
      },
    ],
    format: "keycard-sso-connection",
    async run(call) {
      const { invocation, io } = call;
      const [organization = ""] = call.args;
      const client_secret = await connectionSecret(invocation, io);
      const protocols = await protocolsOf(invocation, io);
      const body = {
        identifier: invocation.value("identifier") ?? "",
        client_id: invocation.value("client-id") ?? "",
        ...(client_secret === undefined ? {} : { client_secret }),
        ...(protocols === undefined ? {} : { protocols }),
      };
      const { ssoConnection } = await call.client();
      const ensured = await ssoConnection.ensure(organization, body, callOf(call));
      return { json: { ...ensured }, text: `${ensured.action}\n${details(ensured.connection)}` };
    },
  },
  {
    verb: "update",
    summary: "change the SSO connection of a Keycard organization",
    description:
      "Keycard stores one client secret: a new one replaces the old one at once, without an overlap. Add the new one at the identity provider first.",
    arguments: [ORGANIZATION],
    options: [
      ...FIELDS,
      {
        name: "remove",
        value: "FIELD",
        summary: "remove a field",
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
    async run(call) {
      const { invocation, io, ask } = call;
      const [organization = ""] = call.args;
      const removed = invocation.values("remove");
      const body = {
        identifier: invocation.value("identifier"),
        client_id: invocation.value("client-id"),
        client_secret: await connectionSecret(invocation, io),
        protocols: await protocolsOf(invocation, io),
        ...Object.fromEntries(removed.map((field) => [field, null])),
      };
      if (Object.values(body).every((value) => value === undefined)) {
        throw new UsageError("No change is given.", "Give one, such as --client-id ID.");
      }
      if (removed.length > 0) {
        await ask(`This removes ${removed.join(" and ")} of ${organization}.`);
      }
      const { ssoConnection } = await call.client();
      const connection = await ssoConnection.update(organization, body, callOf(call));
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
    async run(call) {
      const [organization = ""] = call.args;
      await call.ask(`This disables SSO for everybody in ${organization}.`);
      const { ssoConnection } = await call.client();
      const disabled = await ssoConnection.disable(organization, callOf(call));
      return { json: { disabled }, text: disabled ? "Disabled.\n" : "SSO was not enabled.\n" };
    },
  },
];

/** `samlcert keycard ...` */
export const keycardCommands: readonly Command[] = providerCommands(
  {
    prefix: "keycard",
    options: OPTIONS,
    note: "The service account is KEYCARD_CLIENT_ID with KEYCARD_CLIENT_SECRET, or its options; a token in KEYCARD_TOKEN replaces both.",
    open: clientOf,
  },
  TABLE,
);
