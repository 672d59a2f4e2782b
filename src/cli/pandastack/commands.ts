import type { JsonValue, PandaStackClient } from "../../providers/pandastack/index.ts";
import {
  type ArgumentSpec,
  type Command,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
} from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { readSecret } from "../input/credentials.ts";
import { printable } from "../output/text.ts";
import { YES_OPTION } from "../provider/confirm.ts";
import { tellRequests } from "../provider/requests.ts";
import {
  type Answer,
  type Call,
  type ProviderCommand,
  providerCommands,
} from "../provider/table.ts";
import { readJson } from "../provider/values.ts";

const ORGANIZATION: ArgumentSpec = { name: "ORGANIZATION", summary: "the organization's id" };
const FILE: ArgumentSpec = { name: "FILE", summary: "the body as JSON; - reads standard input" };

const OPTIONS: readonly OptionSpec[] = [
  { name: "base-url", value: "URL", summary: "another API URL, e.g. the fake server's" },
  { name: "token-file", value: "FILE", summary: "file with the token and nothing else" },
  {
    name: "query",
    value: "NAME=VALUE",
    summary: "a further query parameter",
    multiple: true,
  },
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

/** Options of a call, with the query parameters that the command line gives. */
function callOf({ options, invocation }: Call<PandaStackClient>) {
  const query: Record<string, string[]> = Object.create(null);
  for (const text of invocation.values("query")) {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`"${text}" is no query parameter.`, "Write it as NAME=VALUE.");
    const name = text.slice(0, at);
    query[name] = [...(query[name] ?? []), text.slice(at + 1)];
  }
  return { ...options, query };
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
    async run(call) {
      const [organization = "", path = ""] = call.args;
      const body = await readJson(path, call.io);
      return answer(await (await call.client()).sso[verb](organization, body, callOf(call)));
    },
  };
}

const TABLE: readonly ProviderCommand<PandaStackClient>[] = [
  {
    ...SHARED,
    verb: "list",
    summary: "list the SSO configurations of a PandaStack organization",
    examples: [{ command: "ORGANIZATION", does: "print the answer" }],
    async run(call) {
      const [organization = ""] = call.args;
      return answer(await (await call.client()).sso.list(organization, callOf(call)));
    },
  },
  {
    ...SHARED,
    verb: "show",
    summary: "show the SSO configuration of a PandaStack organization",
    description: "If there are several, PandaStack does not document which one.",
    examples: [{ command: "ORGANIZATION", does: "print the answer" }],
    async run(call) {
      const [organization = ""] = call.args;
      return answer(await (await call.client()).sso.getSingle(organization, callOf(call)));
    },
  },
  write("create", "create an SSO configuration of a PandaStack organization"),
  write("update", "change the SSO configuration of a PandaStack organization"),
  {
    ...SHARED,
    verb: "delete",
    summary: "delete the SSO configuration of a PandaStack organization",
    description: "It may delete all of the organization's: PandaStack does not document it.",
    options: [YES_OPTION],
    examples: [{ command: "ORGANIZATION", does: "asks first" }],
    async run(call) {
      const [organization = ""] = call.args;
      await call.ask(`This may delete every SSO configuration of ${organization}.`);
      const confirmed = { ...callOf(call), confirmOrganizationId: organization };
      return answer(await (await call.client()).sso.delete(organization, confirmed));
    },
  },
];

/** `samlcert pandastack ...` */
export const pandastackCommands: readonly Command[] = providerCommands(
  {
    prefix: "pandastack",
    options: OPTIONS,
    note: "PandaStack documents no bodies: they are sent as they are, unverified. The token comes from PANDASTACK_TOKEN, or from a file.",
    open: clientOf,
  },
  TABLE,
);
