import { ProviderError } from "../error.ts";
import { checkStatus, type Decoding, decodeObject, unreadable } from "../http/decode.ts";
import { lookBack } from "../http/failure.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer, Transport } from "../http/transport.ts";
import { ensureSsoConnection } from "./ensure.ts";
import { identity, operations } from "./operations.ts";
import type {
  EnableSsoConnectionBody,
  EnsuredSsoConnection,
  KeycardSsoConnection,
  UpdateSsoConnectionBody,
} from "./types.ts";
import { ssoConnectionWire } from "./wire.ts";

export interface RetrieveOptions extends CallOptions {
  /** Asks also for the caller's permissions. */
  readonly expand?: readonly "permissions"[] | undefined;
}

/** The one SSO connection of an organization, which is named by its id or label. */
export interface KeycardSsoConnectionClient {
  /** Null if SSO is not enabled, or there is no such organization: Keycard tells neither apart. */
  retrieve(organizationId: string, options?: RetrieveOptions): Promise<KeycardSsoConnection | null>;
  enable(
    organizationId: string,
    body: EnableSsoConnectionBody,
    options?: CallOptions,
  ): Promise<KeycardSsoConnection>;
  /**
   * Sends only what is set; null removes. A new `client_secret` takes the place of the old one at
   * once: Keycard has one slot, so the two never overlap. Add the new secret at the identity
   * provider first, update, see `client_secret_set` and a later `updated_at` in the answer, test a
   * sign-in, and only then remove the old secret at the identity provider.
   */
  update(
    organizationId: string,
    body: UpdateSsoConnectionBody,
    options?: CallOptions,
  ): Promise<KeycardSsoConnection>;
  /** False if it was not enabled. Gives access back to the organization's first users. */
  disable(organizationId: string, options?: CallOptions): Promise<boolean>;
  /**
   * Makes the connection what is asked for: enables it, or updates what differs. A `client_secret`
   * cannot be compared, since Keycard never tells it, and is therefore sent each time.
   */
  ensure(
    organizationId: string,
    body: EnableSsoConnectionBody,
    options?: CallOptions,
  ): Promise<EnsuredSsoConnection>;
}

function isNotFound(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.status === 404;
}

export function ssoConnectionOf(transport: Transport, strict: boolean): KeycardSsoConnectionClient {
  function decode(answer: Answer, operation: Operation): KeycardSsoConnection {
    const by: Decoding = { identity, operation, strict };
    const decoded = decodeObject<KeycardSsoConnection>(ssoConnectionWire, answer, by);
    if (decoded.identifier === undefined) throw unreadable("without an identifier", answer, by);
    // Seen without it in the API reference, where the OpenAPI document has null.
    return decoded.client_id === undefined ? Object.assign(decoded, { client_id: null }) : decoded;
  }

  const client: KeycardSsoConnectionClient = {
    async retrieve(organizationId, given) {
      const { expand, ...options } = Object(given) as RetrieveOptions;
      const operation = operations.retrieveSsoConnection;
      const input = { parameters: { organization_id: organizationId }, query: { expand } };
      try {
        return decode(await transport.call(operation, input, options), operation);
      } catch (error) {
        if (isNotFound(error)) return null;
        throw error;
      }
    },
    async enable(organizationId, body, options) {
      const operation = operations.enableSsoConnection;
      const input = { parameters: { organization_id: organizationId }, body };
      return decode(await transport.call(operation, input, options), operation);
    },
    async update(organizationId, body, options) {
      const operation = operations.updateSsoConnection;
      const input = { parameters: { organization_id: organizationId }, body };
      return decode(await transport.call(operation, input, options), operation);
    },
    async disable(organizationId, options) {
      const operation = operations.disableSsoConnection;
      const input = { parameters: { organization_id: organizationId } };
      try {
        const answer = await transport.call(operation, input, options);
        checkStatus(answer, { identity, operation, strict });
        if (answer.status === operation.success) return true;
        // Any other success is not what Keycard documents, and may be somebody else's.
        if ((await lookBack(client.retrieve(organizationId, options))) === null) return true;
        throw unreadable("as if it had, but did not", answer, { identity, operation, strict });
      } catch (error) {
        // In doubt: an earlier attempt, whose answer was lost, disabled it.
        if (isNotFound(error)) return error.outcome === "unknown";
        throw error;
      }
    },
    ensure: (organizationId, body, options) =>
      ensureSsoConnection(client, { organizationId, body, options }),
  };
  return client;
}
