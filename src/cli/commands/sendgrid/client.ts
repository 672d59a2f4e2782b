import type { SendGridClient } from "../../../providers/sendgrid/index.ts";
import type { Invocation, OptionSpec } from "../../command.ts";
import { readSecret } from "../../credentials.ts";
import type { Io } from "../../io.ts";
import { JSON_OPTION } from "../provider/output.ts";

/** Options of every `samlcert sendgrid` command. */
export const SENDGRID_OPTIONS: readonly OptionSpec[] = [
  { name: "region", value: "NAME", summary: "where the account lives", choices: ["global", "eu"] },
  { name: "base-url", value: "URL", summary: "another origin, such as that of a fake server" },
  { name: "api-key-file", value: "FILE", summary: "file that holds the API key and nothing else" },
  JSON_OPTION,
];

/** The last paragraph of every command's help. */
export const KEY_NOTE = "The API key comes from SENDGRID_API_KEY, or from a file.";

export async function sendGridClient(invocation: Invocation, io: Io): Promise<SendGridClient> {
  const { createSendGridClient } = await import("../../../providers/sendgrid/index.ts");
  const file = invocation.value("api-key-file");
  const source = { variable: "SENDGRID_API_KEY", file, option: "api-key-file" };
  return createSendGridClient({
    apiKey: await readSecret(source, io),
    fetch: io.fetch,
    region: invocation.value("region") === "eu" ? "eu" : "global",
    baseUrl: invocation.value("base-url"),
  });
}
