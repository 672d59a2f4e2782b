import { isObject, need } from "../../core/argument.ts";
import { providerError } from "../error.ts";
import { pemOf } from "../kit/entries.ts";
import { listStore } from "../kit/list-store.ts";
import type { CertificateStore } from "../store.ts";
import type { ClerkClient, ClerkConnection } from "./client.ts";
import { capabilities, identity } from "./operations.ts";

/**
 * The certificates of one Clerk enterprise connection, for rotation. Clerk takes the whole list. A
 * connection that reads them from a metadata URL is refused, because a list beside it does not last.
 *
 * @example
 * ```ts
 * import { clerkCertificateStore, createClerkClient } from "samlcert/providers/clerk";
 *
 * const client = createClerkClient({ secretKey: process.env["CLERK_SECRET_KEY"] ?? "" });
 * const store = clerkCertificateStore(client, "ent_connection_1");
 * for (const { id, certificate } of await store.list()) console.log(id, certificate?.notAfter.iso);
 * ```
 */
export function clerkCertificateStore(client: ClerkClient, connectionId: string): CertificateStore {
  const { connections, origin, timing } = Object(client) as ClerkClient;
  need(
    () => typeof connections.get === "function" && isObject(timing),
    "client",
    "a client of createClerkClient",
  );
  return listStore<ClerkConnection>({
    provider: identity.name,
    title: identity.title,
    integrationId: connectionId,
    origin,
    capabilities,
    sleep: timing.sleep,
    async read(call) {
      const connection = await connections.get(connectionId, call);
      const stored = connection.saml_connection?.idp_certificates ?? [];
      const entries = stored.map(({ certificate }) => ({ text: certificate }));
      return { entries, context: connection };
    },
    async write(certificates, { saml_connection }, call) {
      const url = saml_connection?.idp_metadata_url;
      if (typeof url === "string" && url !== "") throw managedByUrl(url);
      const saml = { idp_certificates: certificates.map(pemOf) };
      await connections.update(connectionId, { saml }, call);
    },
  });
}

function managedByUrl(url: string) {
  const { name, title } = identity;
  const host = URL.canParse(url) ? new URL(url).host : "a URL";
  const facts = { provider: name, outcome: "not_applied" } as const;
  return providerError("provider.managed_by_url", { provider: title, host }, facts);
}
