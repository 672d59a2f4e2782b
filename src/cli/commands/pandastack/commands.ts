import type { JsonValue, PandaStackClient } from "../../../providers/pandastack/index.ts";
import type { ArgumentSpec, Command, Invocation, OptionSpec } from "../../command.ts";
import { readSecret } from "../../credentials.ts";
import { EXIT, type ExitCode } from "../../exit.ts";
import type { Io } from "../../io.ts";
import { printable } from "../../output/text.ts";
import { confirm, YES_OPTION } from "../provider/confirm.ts";
import { JSON_OPTION, show } from "../provider/output.ts";
import { readJson } from "../provider/values.ts";

const ORGANIZATION: ArgumentSpec = { name: "ORGANIZATION", summary: "the organization's id" };
const FILE: ArgumentSpec = { name: "FILE", summary: "the body as JSON; - reads standard input" };

const OPTIONS: readonly OptionSpec[] = [
  { name: "base-url", value: "URL", summary: "another origin, such as that of a fake server" },
  { name: "token-file", value: "FILE", summary: "file that holds the token and nothing else" },
  JSON_OPTION,
];

const NOTE =
  "PandaStack documents no bodies: they are passed through as they are, unverified. The token comes from PANDASTACK_TOKEN, or from a file.";

async function clientOf(invocation: Invocation, io: Io): Promise<PandaStackClient> {
  const { createPandaStackClient } = await import("../../../providers/pandastack/index.ts");
  const file = invocation.value("token-file");
  const source = { variable: "PANDASTACK_TOKEN", file, option: "token-file" };
  return createPandaStackClient({
    token: await readSecret(source, io),
    fetch: io.fetch,
    baseUrl: invocation.value("base-url"),
  });
}

function report(invocation: Invocation, io: Io, answer: JsonValue): ExitCode {
  const lines = JSON.stringify(answer, null, 2).split("\n").map(printable);
  const text = `${lines.join("\n")}\n`;
  show(invocation, io, { format: "pandastack-sso", json: { answer }, text });
  return EXIT.ok;
}

const list: Command = {
  name: "pandastack list",
  summary: "list the SSO configurations of a PandaStack organization",
  description: NOTE,
  arguments: [ORGANIZATION],
  options: OPTIONS,
  examples: [{ command: "samlcert pandastack list ORGANIZATION", does: "print what it answers" }],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
    const { sso } = await clientOf(invocation, io);
    return report(invocation, io, await sso.list(organization, { signal: io.signal }));
  },
};

const showOne: Command = {
  name: "pandastack show",
  summary: "show the SSO configuration of a PandaStack organization",
  description: `Which one, if there are several, PandaStack does not say. ${NOTE}`,
  arguments: [ORGANIZATION],
  options: OPTIONS,
  examples: [{ command: "samlcert pandastack show ORGANIZATION", does: "print what it answers" }],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
    const { sso } = await clientOf(invocation, io);
    return report(invocation, io, await sso.getSingle(organization, { signal: io.signal }));
  },
};

/** The two commands that send a body. */
function write(verb: "create" | "update", summary: string): Command {
  return {
    name: `pandastack ${verb}`,
    summary,
    description: NOTE,
    arguments: [ORGANIZATION, FILE],
    options: OPTIONS,
    examples: [
      {
        command: `samlcert pandastack ${verb} ORGANIZATION sso.json`,
        does: "send the body as it is",
      },
    ],
    async run(invocation, io) {
      const [organization = "", path = ""] = invocation.arguments;
      const body = await readJson(path, io);
      const { sso } = await clientOf(invocation, io);
      return report(invocation, io, await sso[verb](organization, body, { signal: io.signal }));
    },
  };
}

const remove: Command = {
  name: "pandastack delete",
  summary: "delete the SSO configuration of a PandaStack organization",
  description: `It may delete all that the organization has: PandaStack does not say. ${NOTE}`,
  arguments: [ORGANIZATION],
  options: [YES_OPTION, ...OPTIONS],
  examples: [{ command: "samlcert pandastack delete ORGANIZATION", does: "asks first" }],
  async run(invocation, io) {
    const [organization = ""] = invocation.arguments;
    await confirm(invocation, io, `This may delete every SSO configuration of ${organization}.`);
    const { sso } = await clientOf(invocation, io);
    const options = { confirmOrganizationId: organization, signal: io.signal };
    return report(invocation, io, await sso.delete(organization, options));
  },
};

/** `samlcert pandastack ...` */
export const pandastackCommands: readonly Command[] = [
  list,
  showOne,
  write("create", "create an SSO configuration of a PandaStack organization"),
  write("update", "change the SSO configuration of a PandaStack organization"),
  remove,
];
