import type { KeycardClient, KeycardSsoConnection } from "../../../providers/keycard/index.ts";
import type { Command, Invocation, OptionSpec } from "../../command.ts";
import { readSecret } from "../../credentials.ts";
import { EXIT, UsageError } from "../../exit.ts";
import type { Io } from "../../io.ts";
import { confirm, YES_OPTION } from "../provider/confirm.ts";
import { facts, JSON_OPTION, show } from "../provider/output.ts";

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

const NOTE =
  "The service account is KEYCARD_CLIENT_ID with KEYCARD_CLIENT_SECRET, or its options; a token in KEYCARD_TOKEN takes their place.";

async function clientOf(invocation: Invocation, io: Io): Promise<KeycardClient> {
  const { createKeycardClient } = await import("../../../providers/keycard/index.ts");
  const shared = { fetch: io.fetch, baseUrl: invocation.value("base-url") };
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

const showOne: Command = {
  name: "keycard show",
  summary: "show the SSO connection of a Keycard organization",
  description: NOTE,
  arguments: [ORGANIZATION],
  options: OPTIONS,
  examples: [{ command: "samlcert keycard show ORGANIZATION", does: "show it, if SSO is enabled" }],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
    const client = await clientOf(invocation, io);
    const connection = await client.ssoConnection.retrieve(organization, { signal: io.signal });
    const text = connection === null ? "SSO is not enabled.\n" : details(connection);
    show(invocation, io, { format: "keycard-sso-connection", json: { connection }, text });
    return EXIT.ok;
  },
};

const create: Command = {
  name: "keycard create",
  summary: "enable SSO for a Keycard organization, or bring it in step",
  description: `Changes only what differs. A secret is sent each time, because Keycard never tells it. ${NOTE}`,
  arguments: [ORGANIZATION],
  options: [
    ...FIELDS.map((option) =>
      option.name === "client-secret-file" ? option : { ...option, required: true },
    ),
    ...OPTIONS,
  ],
  examples: [
    {
      command: "samlcert keycard create ORGANIZATION --identifier URL --client-id ID",
      does: "enable SSO, or update it",
    },
  ],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
    const client_secret = await connectionSecret(invocation, io);
    const body = {
      identifier: invocation.value("identifier") ?? "",
      client_id: invocation.value("client-id") ?? "",
      ...(client_secret === undefined ? {} : { client_secret }),
    };
    const client = await clientOf(invocation, io);
    const ensured = await client.ssoConnection.ensure(organization, body, { signal: io.signal });
    const text = `${ensured.action}\n${details(ensured.connection)}`;
    show(invocation, io, { format: "keycard-sso-connection", json: { ...ensured }, text });
    return EXIT.ok;
  },
};

const update: Command = {
  name: "keycard update",
  summary: "change the SSO connection of a Keycard organization",
  description: `Keycard holds one client secret: a new one takes the place of the old at once, without an overlap. Add the new one at the identity provider first. ${NOTE}`,
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
    ...OPTIONS,
  ],
  examples: [
    {
      command: "samlcert keycard update ORGANIZATION --client-secret-file FILE",
      does: "replace the client secret",
    },
    {
      command: "samlcert keycard update ORGANIZATION --remove client_secret",
      does: "remove it; asks first",
    },
  ],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
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
      await confirm(invocation, io, `This removes ${removed.join(" and ")} of ${organization}.`);
    }
    const client = await clientOf(invocation, io);
    const connection = await client.ssoConnection.update(organization, body, { signal: io.signal });
    const text = details(connection);
    show(invocation, io, { format: "keycard-sso-connection", json: { connection }, text });
    return EXIT.ok;
  },
};

const remove: Command = {
  name: "keycard delete",
  summary: "disable SSO for a Keycard organization",
  description: NOTE,
  arguments: [ORGANIZATION],
  options: [YES_OPTION, ...OPTIONS],
  examples: [{ command: "samlcert keycard delete ORGANIZATION", does: "asks first" }],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
    await confirm(invocation, io, `This disables SSO for everybody in ${organization}.`);
    const client = await clientOf(invocation, io);
    const disabled = await client.ssoConnection.disable(organization, { signal: io.signal });
    const text = disabled ? "Disabled.\n" : "SSO was not enabled.\n";
    show(invocation, io, { format: "keycard-deletion", json: { disabled }, text });
    return EXIT.ok;
  },
};

/** `samlcert keycard ...` */
export const keycardCommands: readonly Command[] = [showOne, create, update, remove];
