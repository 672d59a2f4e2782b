import type {
  Persona,
  SendGridClient,
  TeammateWrite,
  UpdateTeammateBody,
} from "../../providers/sendgrid/index.ts";
import type { Command, Invocation, OptionSpec } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { cell, facts } from "../provider/output.ts";
import { type Answer, type ProviderCommand, providerCommands } from "../provider/table.ts";
import { flagOption, flagValue, readJson } from "../provider/values.ts";
import { sendGridGroup } from "./client.ts";

const EMAIL = {
  name: "EMAIL",
  summary: "the teammate's address at the identity provider",
} as const;

const RIGHTS: readonly OptionSpec[] = [
  { name: "first-name", value: "TEXT", summary: "first name", required: true },
  { name: "last-name", value: "TEXT", summary: "last name", required: true },
  flagOption("admin", "true gives the teammate every right"),
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

function answer({ teammate, dropped }: TeammateWrite): Answer {
  const lost = dropped.map((right) => `SendGrid dropped: ${cell(right)}\n`).join("");
  return {
    json: { teammate, dropped },
    text: `${facts(Object.entries(teammate))}${lost}`,
    exit: dropped.length === 0 ? EXIT.ok : EXIT.findings,
  };
}

const SHARED = {
  description: "Names the rights that SendGrid dropped; then the exit code is 1.",
  arguments: [EMAIL],
  options: RIGHTS,
  format: "sendgrid-teammate",
} as const;

const TABLE: readonly ProviderCommand<SendGridClient>[] = [
  {
    ...SHARED,
    verb: "create",
    summary: "add a teammate who signs in through SSO",
    examples: [
      {
        command: "ada@example.com --first-name Ada --last-name Lovelace --persona developer",
        does: "add a developer",
      },
    ],
    async run({ args: [email = ""], invocation, io, client, options }) {
      const body = { ...(await bodyOf(invocation, io)), email };
      return answer(await (await client()).teammates.create(body, options));
    },
  },
  {
    ...SHARED,
    verb: "update",
    summary: "change the rights of a teammate who signs in through SSO",
    examples: [
      {
        command: "ada@example.com --first-name Ada --last-name Lovelace --admin true",
        does: "make her an admin",
      },
    ],
    async run({ args: [email = ""], invocation, io, client, options }) {
      const body = await bodyOf(invocation, io);
      return answer(await (await client()).teammates.update(email, body, options));
    },
  },
];

/** `samlcert sendgrid teammates ...`; the SSO API has no operation that lists or deletes them. */
export const teammateCommands: readonly Command[] = providerCommands(
  sendGridGroup("teammates"),
  TABLE,
);
