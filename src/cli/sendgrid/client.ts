import type { SendGridClient } from "../../providers/sendgrid/index.ts";
import { type Invocation, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { readSecret } from "../input/credentials.ts";
import { tellRequests } from "../provider/requests.ts";
import type { ProviderGroup } from "../provider/table.ts";

/** The account, its key and its subuser. */
export const ACCOUNT_OPTIONS: readonly OptionSpec[] = [
  { name: "region", value: "NAME", summary: "region of the account", choices: ["global", "eu"] },
  { name: "base-url", value: "URL", summary: "another API URL, e.g. the fake server's" },
  { name: "api-key-file", value: "FILE", summary: "file with the API key and nothing else" },
  {
    name: "on-behalf-of",
    value: "NAME",
    summary: 'act for this subuser: its user name, or "account-id ID"',
  },
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
    onBehalfOf: invocation.value("on-behalf-of"),
    ...tellRequests(io.progress, "SendGrid"),
  });
}

/** Options and client of the commands of one part of SendGrid. */
export function sendGridGroup(part: string): ProviderGroup<SendGridClient> {
  return {
    prefix: `sendgrid ${part}`,
    options: [...ACCOUNT_OPTIONS, JSON_OPTION],
    note: "The API key comes from SENDGRID_API_KEY, or from a file.",
    open: sendGridClient,
  };
}
