import { isProviderError } from "../error.ts";
import { bodyText } from "../http/content.ts";
import { lookBack } from "../http/failure.ts";
import { identity, operations } from "./operations.ts";
import type { KeycardCallOptions, KeycardSsoConnectionClient } from "./sso-connection.ts";
import type {
  EnableSsoConnectionBody,
  EnsuredSsoConnection,
  KeycardSsoConnection,
  UpdateSsoConnectionBody,
} from "./types.ts";

interface Wanted {
  readonly organizationId: string;
  readonly body: EnableSsoConnectionBody;
  readonly options: KeycardCallOptions;
}

/** True if the actual value has every wanted field; other fields do not matter. */
function contains(actual: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) return JSON.stringify(actual) === JSON.stringify(wanted);
  if (typeof wanted !== "object" || wanted === null) return actual === wanted;
  if (typeof actual !== "object" || actual === null) return false;
  return Object.entries(wanted).every(([name, value]) =>
    contains((actual as Readonly<Record<string, unknown>>)[name], value),
  );
}

function difference(
  connection: KeycardSsoConnection,
  { identifier, client_id, client_secret, protocols }: EnableSsoConnectionBody,
): UpdateSsoConnectionBody {
  return {
    ...(connection.identifier === identifier ? {} : { identifier }),
    ...(connection.client_id === client_id ? {} : { client_id }),
    ...(client_secret === undefined ? {} : { client_secret }),
    ...(contains(connection.protocols, protocols) ? {} : { protocols }),
  };
}

async function update(
  client: KeycardSsoConnectionClient,
  connection: KeycardSsoConnection,
  { organizationId, body, options }: Wanted,
): Promise<EnsuredSsoConnection> {
  const changes = difference(connection, body);
  const changed = Object.keys(changes);
  if (changed.length === 0) return { connection, action: "unchanged", changed };
  const updated = await client.update(organizationId, changes, options);
  return { connection: updated, action: "updated", changed };
}

export async function ensureSsoConnection(
  client: KeycardSsoConnectionClient,
  wanted: Wanted,
): Promise<EnsuredSsoConnection> {
  const { organizationId, body, options } = wanted;
  bodyText(operations.enableSsoConnection, body, identity.name);
  const before = await client.retrieve(organizationId, options);
  if (before !== null) return await update(client, before, wanted);
  try {
    const connection = await client.enable(organizationId, body, options);
    return { connection, action: "enabled", changed: [] };
  } catch (error) {
    if (!isProviderError(error) || options.signal?.aborted === true) throw error;
    // Another writer was faster, or the answer to this request was lost.
    if (error.status !== 409 && error.outcome !== "unknown") throw error;
    const found = await lookBack(client.retrieve(organizationId, options));
    if (found === null) throw error;
    if (error.status === 409) return await update(client, found, wanted);
    return { ...(await lookBack(update(client, found, wanted))), action: "enabled" };
  }
}
