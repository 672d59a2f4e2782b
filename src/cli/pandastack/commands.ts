import type { JsonValue, PandaStackClient } from "../../providers/pandastack/index.ts";
import {
  type ArgumentSpec,
  type Command,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
} from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { readSecret } from "../input/credentials.ts";
import { printable } from "../output/text.ts";
import { YES_OPTION } from "../provider/confirm.ts";
import { tellRequests } from "../provider/requests.ts";
import { type Answer, type ProviderCommand, providerCommands } from "../provider/table.ts";
import { readJson } from "../provider/values.ts";

const ORGANIZATION: ArgumentSpec = { name: "ORGANIZATION", summary: "the organization's id" };
const FILE: ArgumentSpec = { name: "FILE", summary: "the body as JSON; - reads standard input" };

const OPTIONS: readonly OptionSpec[] = [
  { name: "base-url", value: "URL", summary: "another origin, such as that of a fake server" },
  { name: "token-file", value: "FILE", summary: "file that holds the token and nothing else" },
  JSON_OPTION,
];

async function clientOf(invocation: Invocation, io: Io): Promise<PandaStackClient> {
  const { createPandaStackClient } = await import("../../providers/pandastack/index.ts");
  const file = invocation.value("token-file");
  const source = { variable: "PANDASTACK_TOKEN", file, option: "token-file" };
  return createPandaStackClient({
    token: await readSecret(source, io),
    fetch: io.fetch,
    baseUrl: invocation.value("base-url"),
    ...tellRequests(io.progress, "PandaStack"),
  });
}

function answer(json: JsonValue): Answer {
  const lines = JSON.stringify(json, null, 2).split("\n").map(printable);
  return { json: { answer: json }, text: `${lines.join("\n")}\n` };
}

const SHARED = { arguments: [ORGANIZATION], format: "pandastack-sso" } as const;

/** The two commands that send a body. */
function write(verb: "create" | "update", summary: string): ProviderCommand<PandaStackClient> {
  return {
    ...SHARED,
    verb,
    summary,
    arguments: [ORGANIZATION, FILE],
    examples: [{ command: "ORGANIZATION sso.json", does: "send the body as it is" }],
    async run({ args: [organization = "", path = ""], io, client, options }) {
      const body = await readJson(path, io);
      return answer(await (await client()).sso[verb](organization, body, options));
    },
  };
}

const TABLE: readonly ProviderCommand<PandaStackClient>[] = [
  {
    ...SHARED,
    verb: "list",
    summary: "list the SSO configurations of a PandaStack organization",
    examples: [{ command: "ORGANIZATION", does: "print what it answers" }],
    async run({ args: [organization = ""], client, options }) {
      return answer(await (await client()).sso.list(organization, options));
    },
  },
  {
    ...SHARED,
    verb: "show",
    summary: "show the SSO configuration of a PandaStack organization",
    description: "Which one, if there are several, PandaStack does not say.",
    examples: [{ command: "ORGANIZATION", does: "print what it answers" }],
    async run({ args: [organization = ""], client, options }) {
      return answer(await (await client()).sso.getSingle(organization, options));
    },
  },
  write("create", "create an SSO configuration of a PandaStack organization"),
  write("update", "change the SSO configuration of a PandaStack organization"),
  {
    ...SHARED,
    verb: "delete",
    summary: "delete the SSO configuration of a PandaStack organization",
    description: "It may delete all that the organization has: PandaStack does not say.",
    options: [YES_OPTION],
    examples: [{ command: "ORGANIZATION", does: "asks first" }],
    async run({ args: [organization = ""], client, ask, options }) {
      await ask(`This may delete every SSO configuration of ${organization}.`);
      const confirmed = { ...options, confirmOrganizationId: organization };
      return answer(await (await client()).sso.delete(organization, confirmed));
    },
  },
];

/** `samlcert pandastack ...` */
export const pandastackCommands: readonly Command[] = providerCommands(
  {
    prefix: "pandastack",
    options: OPTIONS,
    note: "PandaStack documents no bodies: they are passed through as they are, unverified. The token comes from PANDASTACK_TOKEN, or from a file.",
    open: clientOf,
  },
  TABLE,
);
