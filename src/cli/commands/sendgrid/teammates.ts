import type {
  Persona,
  TeammateWrite,
  UpdateTeammateBody,
} from "../../../providers/sendgrid/index.ts";
import type { Command, Invocation, OptionSpec } from "../../command.ts";
import { EXIT, type ExitCode } from "../../exit.ts";
import type { Io } from "../../io.ts";
import { cell, facts, show } from "../provider/output.ts";
import { flagOption, flagValue, readJson } from "../provider/values.ts";
import { KEY_NOTE, SENDGRID_OPTIONS, sendGridClient } from "./client.ts";

const EMAIL = {
  name: "EMAIL",
  summary: "the teammate's address at the identity provider",
} as const;

const RIGHTS: readonly OptionSpec[] = [
  { name: "first-name", value: "TEXT", summary: "first name", required: true },
  { name: "last-name", value: "TEXT", summary: "last name", required: true },
  flagOption("admin", "whether the teammate may do everything"),
  {
    name: "persona",
    value: "NAME",
    summary: "a set of scopes",
    choices: ["accountant", "developer", "marketer", "observer"],
  },
  { name: "scope", value: "NAME", summary: "one scope", multiple: true },
  {
    name: "rights",
    value: "FILE",
    summary: "a JSON object with further fields of the API, such as subuser_access",
  },
];

async function bodyOf(invocation: Invocation, io: Io): Promise<UpdateTeammateBody> {
  const path = invocation.value("rights");
  const scopes = invocation.values("scope");
  return {
    ...(path === undefined ? {} : await readJson(path, io)),
    first_name: invocation.value("first-name") ?? "",
    last_name: invocation.value("last-name") ?? "",
    is_admin: flagValue(invocation, "admin"),
    persona: invocation.value("persona") as Persona | undefined,
    ...(scopes.length === 0 ? {} : { scopes }),
  };
}

function report(invocation: Invocation, io: Io, { teammate, dropped }: TeammateWrite): ExitCode {
  const lost = dropped.map((right) => `SendGrid dropped: ${cell(right)}\n`).join("");
  const text = `${facts(Object.entries(teammate))}${lost}`;
  show(invocation, io, { format: "sendgrid-teammate", json: { teammate, dropped }, text });
  return dropped.length === 0 ? EXIT.ok : EXIT.findings;
}

const NOTE = `Says which rights SendGrid dropped, and then ends with 1. ${KEY_NOTE}`;

const create: Command = {
  name: "sendgrid teammates create",
  summary: "add a teammate who signs in through SSO",
  description: NOTE,
  arguments: [EMAIL],
  options: [...RIGHTS, ...SENDGRID_OPTIONS],
  examples: [
    {
      command:
        "samlcert sendgrid teammates create ada@example.com --first-name Ada --last-name Lovelace --persona developer",
      does: "add a developer",
    },
  ],
  async run(invocation, io) {
    const [email = ""] = invocation.arguments;
    const body = { ...(await bodyOf(invocation, io)), email };
    const client = await sendGridClient(invocation, io);
    return report(invocation, io, await client.teammates.create(body, { signal: io.signal }));
  },
};

const update: Command = {
  name: "sendgrid teammates update",
  summary: "change the rights of a teammate who signs in through SSO",
  description: NOTE,
  arguments: [EMAIL],
  options: [...RIGHTS, ...SENDGRID_OPTIONS],
  examples: [
    {
      command:
        "samlcert sendgrid teammates update ada@example.com --first-name Ada --last-name Lovelace --admin true",
      does: "make her an admin",
    },
  ],
  async run(invocation, io) {
    const [email = ""] = invocation.arguments;
    const body = await bodyOf(invocation, io);
    const client = await sendGridClient(invocation, io);
    return report(
      invocation,
      io,
      await client.teammates.update(email, body, { signal: io.signal }),
    );
  },
};

/** `samlcert sendgrid teammates ...`; the SSO API has no operation that lists or deletes them. */
export const teammateCommands: readonly Command[] = [create, update];
