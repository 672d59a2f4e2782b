import { type Kind, LIST, type OptionKinds } from "../../core/options.ts";
import { isProviderError, type ProviderError } from "../error.ts";
import { CALL_KINDS, callOptions, callPart } from "../http/argument.ts";
import {
  checkStatus,
  type Decoding,
  decodeObject,
  isComplete,
  missingField,
  notDeleted,
  unreadable,
} from "../http/decode.ts";
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

export interface KeycardCallOptions extends CallOptions {
  /** The `X-Client-Request-ID` of this call, a UUID. Default: one for each attempt. */
  readonly requestId?: string | undefined;
}

export interface RetrieveOptions extends KeycardCallOptions {
  /** Requests the caller's permissions as well. */
  readonly expand?: readonly "permissions"[] | undefined;
}

const UUID: Kind = {
  is: (value) =>
    typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  name: "a UUID",
};

const KEYCARD_CALL: OptionKinds<KeycardCallOptions> = { ...CALL_KINDS, requestId: UUID };
const RETRIEVE: OptionKinds<RetrieveOptions> = { ...KEYCARD_CALL, expand: LIST };

/** The variable parts of a call for an organization, and the options of its request. */
function callFor(organizationId: string, { requestId, ...options }: KeycardCallOptions) {
  const parameters = { organization_id: organizationId };
  const headers = requestId === undefined ? {} : { "x-client-request-id": requestId };
  return { input: { parameters, headers }, options: callPart(options) };
}

/** The one SSO connection of an organization, which is named by its id or label. */
export interface KeycardSsoConnectionClient {
  /** Null if SSO is not enabled or the organization is unknown: Keycard answers both alike. */
  retrieve(organizationId: string, options?: RetrieveOptions): Promise<KeycardSsoConnection | null>;
  enable(
    organizationId: string,
    body: EnableSsoConnectionBody,
    options?: KeycardCallOptions,
  ): Promise<KeycardSsoConnection>;
  /**
   * Sends only the fields that are set; null removes. A new `client_secret` replaces the old one at
   * once: Keycard has one slot, so the two never overlap. Add the new secret at the identity
   * provider first, update, check `client_secret_set` and a later `updated_at` in the answer, test a
   * sign-in, and only then remove the old secret at the identity provider.
   */
  update(
    organizationId: string,
    body: UpdateSsoConnectionBody,
    options?: KeycardCallOptions,
  ): Promise<KeycardSsoConnection>;
  /** False if it was not enabled. Access reverts to the organization's first users. */
  disable(organizationId: string, options?: KeycardCallOptions): Promise<boolean>;
  /**
   * Enables the connection, or updates the fields that differ. A `client_secret` cannot be compared,
   * because Keycard never returns it, and is therefore always sent.
   */
  ensure(
    organizationId: string,
    body: EnableSsoConnectionBody,
    options?: KeycardCallOptions,
  ): Promise<EnsuredSsoConnection>;
}

/** Keycard itself answers 404 to this operation; a 404 of the token endpoint says nothing about it. */
function isNotFound(error: unknown, operation: Operation): error is ProviderError {
  return isProviderError(error, "provider.not_found") && error.operation === operation.id;
}

export function ssoConnectionOf(transport: Transport, strict: boolean): KeycardSsoConnectionClient {
  function decode(answer: Answer, operation: Operation): KeycardSsoConnection {
    const by: Decoding = { identity, operation, strict };
    const decoded = decodeObject(ssoConnectionWire, answer, by);
    // The API reference has an answer without it, where the OpenAPI document has null.
    const echo = "client_id" in decoded ? decoded : Object.assign(decoded, { client_id: null });
    if (isComplete(ssoConnectionWire, echo)) return echo;
    throw unreadable(`without ${missingField(ssoConnectionWire, echo)}`, answer, by);
  }

  const client: KeycardSsoConnectionClient = {
    async retrieve(organizationId, given) {
      const operation = operations.retrieveSsoConnection;
      const { expand, ...rest } = callOptions(given, RETRIEVE, operation.id);
      const { input, options } = callFor(organizationId, rest);
      try {
        const answer = await transport.call(operation, { ...input, query: { expand } }, options);
        return decode(answer, operation);
      } catch (error) {
        if (isNotFound(error, operation)) return null;
        throw error;
      }
    },
    async enable(organizationId, body, given) {
      const operation = operations.enableSsoConnection;
      const checked = callOptions(given, KEYCARD_CALL, operation.id);
      const { input, options } = callFor(organizationId, checked);
      return decode(await transport.call(operation, { ...input, body }, options), operation);
    },
    async update(organizationId, body, given) {
      const operation = operations.updateSsoConnection;
      const checked = callOptions(given, KEYCARD_CALL, operation.id);
      const { input, options } = callFor(organizationId, checked);
      return decode(await transport.call(operation, { ...input, body }, options), operation);
    },
    async disable(organizationId, given) {
      const operation = operations.disableSsoConnection;
      const checked = callOptions(given, KEYCARD_CALL, operation.id);
      const { input, options } = callFor(organizationId, checked);
      try {
        const answer = await transport.call(operation, input, options);
        checkStatus(answer, { identity, operation, strict });
        if (answer.status === operation.success) return true;
        // Only the documented status proves it: another success may be a proxy's.
        if ((await lookBack(client.retrieve(organizationId, checked))) === null) return true;
        throw notDeleted("the SSO connection", answer, { identity, operation, strict });
      } catch (error) {
        // With an unknown outcome, an earlier attempt, whose answer was lost, disabled it.
        if (isNotFound(error, operation)) return error.outcome === "unknown";
        throw error;
      }
    },
    async ensure(organizationId, body, given) {
      const options = callOptions(given, KEYCARD_CALL, "ssoConnection.ensure");
      return await ensureSsoConnection(client, { organizationId, body, options });
    },
  };
  return client;
}
