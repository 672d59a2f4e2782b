import type { SendGridClient } from "../../../providers/sendgrid/index.ts";
import type { CertificateStore } from "../../../providers/store.ts";
import type { Invocation } from "../../command.ts";
import { readSecret } from "../../credentials.ts";
import { UsageError } from "../../exit.ts";
import type { Io } from "../../io.ts";

/** The value of an option that a command cannot do without. */
function required(invocation: Invocation, name: string): string {
  const value = invocation.value(name);
  if (value !== undefined) return value;
  throw new UsageError(`--${name} is missing.`, `Give --${name}; see --help.`);
}

/** A client of the account that the options name. */
export async function openAccount(invocation: Invocation, io: Io): Promise<SendGridClient> {
  const { createSendGridClient } = await import("../../../providers/sendgrid/index.ts");
  const file = invocation.value("api-key-file");
  const source = { variable: "SENDGRID_API_KEY", file, option: "api-key-file" };
  const apiKey = await readSecret(source, io);
  const baseUrl = invocation.value("base-url");
  return createSendGridClient({
    apiKey,
    fetch: io.fetch,
    // All integrations come in one answer: 10,000 of them are larger than the default allows.
    maxResponseBytes: 64 * 1024 * 1024,
    region: invocation.value("region") === "eu" ? "eu" : "global",
    ...(baseUrl !== undefined && { baseUrl }),
  });
}

/** The certificates of the connection that the options name. */
export async function openStore(invocation: Invocation, io: Io): Promise<CertificateStore> {
  const id = required(invocation, "integration");
  const { sendGridCertificateStore } = await import("../../../providers/sendgrid/index.ts");
  return sendGridCertificateStore(await openAccount(invocation, io), id);
}
