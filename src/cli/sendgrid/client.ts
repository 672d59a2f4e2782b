import type { SendGridClient } from "../../providers/sendgrid/index.ts";
import { type Invocation, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { readSecret } from "../input/credentials.ts";
import { tellRequests } from "../provider/requests.ts";
import type { ProviderGroup } from "../provider/table.ts";

/** How the account is reached. */
export const ACCOUNT_OPTIONS: readonly OptionSpec[] = [
  { name: "region", value: "NAME", summary: "where the account lives", choices: ["global", "eu"] },
  { name: "base-url", value: "URL", summary: "another origin, such as that of a fake server" },
  { name: "api-key-file", value: "FILE", summary: "file that holds the API key and nothing else" },
];

/** A client of the account that the options name. */
export async function sendGridClient(invocation: Invocation, io: Io): Promise<SendGridClient> {
  const { createSendGridClient } = await import("../../providers/sendgrid/index.ts");
  const file = invocation.value("api-key-file");
  const source = { variable: "SENDGRID_API_KEY", file, option: "api-key-file" };
  return createSendGridClient({
    apiKey: await readSecret(source, io),
    fetch: io.fetch,
    // One answer lists all integrations: that of 10,000 is larger than the default permits.
    maxBytes: 64 * 1024 * 1024,
    region: invocation.value("region") === "eu" ? "eu" : "global",
    baseUrl: invocation.value("base-url"),
    ...tellRequests(io.progress, "SendGrid"),
  });
}

/** What the commands of one part of SendGrid share. */
export function sendGridGroup(part: string): ProviderGroup<SendGridClient> {
  return {
    prefix: `sendgrid ${part}`,
    options: [...ACCOUNT_OPTIONS, JSON_OPTION],
    note: "The API key comes from SENDGRID_API_KEY, or from a file.",
    open: sendGridClient,
  };
}
