import type { CertificateStore } from "../../providers/store.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { sendGridClient } from "../sendgrid/client.ts";

/** The connection that the options name. */
export interface OpenConnection {
  readonly store: CertificateStore;
  /** The identity provider's entityID, as the provider knows it; undefined if it does not. */
  entityId(): Promise<string | undefined>;
}

export async function openConnection(invocation: Invocation, io: Io): Promise<OpenConnection> {
  const id = invocation.value("integration");
  if (id === undefined) {
    throw new UsageError(
      "--integration is missing.",
      "Give --integration ID; samlcert sendgrid integrations list shows the ids.",
    );
  }
  const { sendGridCertificateStore } = await import("../../providers/sendgrid/index.ts");
  const client = await sendGridClient(invocation, io);
  return {
    store: sendGridCertificateStore(client, id),
    async entityId() {
      const { entity_id } = await client.integrations.get(id, { signal: io.signal });
      return entity_id || undefined;
    },
  };
}
