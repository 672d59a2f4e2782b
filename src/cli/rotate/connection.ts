import type { CertificateStore } from "../../providers/store.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { sendGridClient } from "../sendgrid/client.ts";

/** The certificates of the connection that the options name. */
export async function openStore(invocation: Invocation, io: Io): Promise<CertificateStore> {
  const id = invocation.value("integration");
  if (id === undefined) {
    throw new UsageError(
      "--integration is missing.",
      "Give --integration ID; samlcert sendgrid integrations list shows the ids.",
    );
  }
  const { sendGridCertificateStore } = await import("../../providers/sendgrid/index.ts");
  return sendGridCertificateStore(await sendGridClient(invocation, io), id);
}
