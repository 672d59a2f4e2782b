import { isObject, need } from "../../core/argument.ts";
import { checkOptions, OBJECT, type OptionKinds } from "../../core/options.ts";
import { itemStore } from "../kit/item-store.ts";
import type { StoreRecords } from "../kit/records.ts";
import type { CertificateStore } from "../store.ts";
import type { GoogleWorkspaceClient } from "./client.ts";
import { capabilities, identity } from "./operations.ts";

/** Options of `googleWorkspaceCertificateStore`. */
export interface GoogleWorkspaceStoreOptions {
  /** Keeps which certificate each credential is: Google does not show it. */
  readonly records: StoreRecords;
}

const KINDS: OptionKinds<GoogleWorkspaceStoreOptions> = { records: OBJECT };

/**
 * The certificates of one inbound SAML SSO profile, for rotation. Google shows nothing of a certificate,
 * so the store keeps its own records. One that somebody added in the console is unknown until
 * `identifyCertificate` names it, and is never removed unless a policy names it in `removeFirst`. Where
 * the organization asks for a second administrator's approval, a rotation waits for it.
 *
 * @example
 * ```ts
 * import { type StoreRecords } from "samlcert/providers";
 * import {
 *   createGoogleWorkspaceClient,
 *   googleWorkspaceCertificateStore,
 * } from "samlcert/providers/google-workspace";
 *
 * export function open(accessToken: string, records: StoreRecords) {
 *   const client = createGoogleWorkspaceClient({ accessToken });
 *   return googleWorkspaceCertificateStore(client, "01abc", { records });
 * }
 * ```
 */
export function googleWorkspaceCertificateStore(
  client: GoogleWorkspaceClient,
  profile: string,
  options: GoogleWorkspaceStoreOptions,
): CertificateStore {
  checkOptions(options, KINDS, "googleWorkspaceCertificateStore");
  const { credentials, origin, timing } = Object(client) as GoogleWorkspaceClient;
  const { records } = Object(options) as GoogleWorkspaceStoreOptions;
  need(
    () => typeof credentials.add === "function" && isObject(timing),
    "client",
    "a GoogleWorkspaceClient",
  );
  need(() => typeof records.write === "function", "records", "a StoreRecords");
  return itemStore({
    provider: identity.name,
    title: identity.title,
    integrationId: profile,
    origin,
    capabilities,
    sleep: timing.sleep,
    records,
    async read(call) {
      const list = await credentials.list(profile, call);
      return list.map(({ name }) => ({ id: idOf(name) }));
    },
    async add({ pem }, { signal }) {
      const { done, response } = await credentials.add(profile, pem, { signal });
      if (done !== true) return { pending_approval: true };
      return response?.name === undefined ? undefined : { id: idOf(response.name) };
    },
    remove: (id, call) => credentials.delete(profile, id, call),
  });
}

/** The last part of a resource name. */
function idOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
