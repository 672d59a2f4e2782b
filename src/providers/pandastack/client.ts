import { checkOptions, FUNCTION, OBJECT, type OptionKinds, TEXT } from "../../core/options.ts";
import { providerError } from "../error.ts";
import { CALL_KINDS, callOptions, TRANSPORT_KINDS } from "../http/argument.ts";
import { plainLine } from "../http/error-body.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import { argumentError, identifierText, type Query, readBaseUrl } from "../http/origin.ts";
import { createScrubber, headerSecret } from "../http/secrets.ts";
import { type Answer, createTransport, type TransportOptions } from "../http/transport.ts";
import { identity, operations } from "./operations.ts";
import type { JsonValue, PandaStackBody } from "./types.ts";

export interface PandaStackOptions extends TransportOptions {
  /** Starts with `psk_`. */
  readonly token: string;
  /** Default `https://api.pandastack.io`. */
  readonly baseUrl?: string | undefined;
}

const KINDS: OptionKinds<PandaStackOptions> = { ...TRANSPORT_KINDS, token: TEXT, baseUrl: TEXT };

export interface PandaStackCallOptions<T> extends CallOptions {
  /** Converts an answer. Default: the parsed JSON as it is. */
  readonly decode?: ((body: JsonValue) => T) | undefined;
  /** Further query parameters. `organization_id` is always the call's own. */
  readonly query?: Query | undefined;
}

export interface PandaStackDeleteOptions<T> extends PandaStackCallOptions<T> {
  /**
   * The organization's id again. A deletion names no configuration, so it may remove all of the
   * organization's: PandaStack does not document it.
   */
  readonly confirmOrganizationId: string;
}

const CALL: OptionKinds<PandaStackCallOptions<unknown>> = {
  ...CALL_KINDS,
  decode: FUNCTION,
  query: OBJECT,
};
const DELETE: OptionKinds<PandaStackDeleteOptions<unknown>> = {
  ...CALL,
  confirmOrganizationId: TEXT,
};

/** The five operations that PandaStack documents, as far as they are documented. */
export interface PandaStackSso {
  list<T = JsonValue>(organizationId: string, options?: PandaStackCallOptions<T>): Promise<T>;
  /** If there are several, PandaStack does not document which one. */
  getSingle<T = JsonValue>(organizationId: string, options?: PandaStackCallOptions<T>): Promise<T>;
  create<T = JsonValue>(
    organizationId: string,
    body: PandaStackBody,
    options?: PandaStackCallOptions<T>,
  ): Promise<T>;
  update<T = JsonValue>(
    organizationId: string,
    body: PandaStackBody,
    options?: PandaStackCallOptions<T>,
  ): Promise<T>;
  delete<T = JsonValue>(organizationId: string, options: PandaStackDeleteOptions<T>): Promise<T>;
}

export interface PandaStackClient {
  readonly sso: PandaStackSso;
}

/** The result of the caller's decoder; it only gets answers without the token in them. */
function decodeWith<T>(answer: Answer, operation: Operation, decode?: (body: JsonValue) => T): T {
  const body = (answer.json ?? null) as JsonValue;
  if (decode === undefined) return body as T;
  try {
    return decode(body);
  } catch (cause) {
    const reason = cause instanceof Error ? plainLine(cause.message) : "no reason given";
    throw providerError(
      "provider.decoder",
      { operation: operation.id, reason: reason.replace(/[.!?]+$/, "") },
      {
        provider: identity.name,
        operation: operation.id,
        outcome: operation.method === "GET" ? "not_applied" : "unknown",
        status: answer.status,
        cause,
      },
    );
  }
}

/**
 * A client of PandaStack's SSO API: **the documented surface only, unverified**. The documentation
 * names five paths, one query parameter and no body. So bodies are sent as they are, answers are the
 * JSON as it is unless the caller decodes it, and no POST is ever repeated. Throws `ProviderError`.
 *
 * @example
 * ```ts
 * import { createPandaStackClient } from "samlcert/pandastack";
 *
 * const client = createPandaStackClient({ token: process.env["PANDASTACK_TOKEN"] ?? "" });
 * const count = await client.sso.list("1234567890", {
 *   decode: (body) => (Array.isArray(body) ? body.length : 0),
 * });
 * console.log(count);
 * ```
 */
export function createPandaStackClient(options: PandaStackOptions): PandaStackClient {
  checkOptions(options, KINDS, "createPandaStackClient");
  const token = headerSecret(options?.token, "token", identity.name);
  const baseUrl = readBaseUrl(options.baseUrl ?? "https://api.pandastack.io", identity.name);
  const scrubber = createScrubber([token]);
  const headers = async () => ({ authorization: `Bearer ${token}` });
  const transport = createTransport(
    { identity, baseUrl, scrubber, headers, repeatsPost: false },
    options,
  );

  async function call<T>(
    operation: Operation,
    organizationId: string,
    given: PandaStackCallOptions<T> | undefined,
    content: { readonly body?: PandaStackBody } = {},
  ): Promise<T> {
    const { decode, query, ...rest } = callOptions<PandaStackCallOptions<T>>(
      given,
      CALL,
      operation.id,
    );
    const organization_id = identifierText("organization_id", organizationId, identity.name);
    const input = { query: { ...query, organization_id }, ...content };
    return decodeWith(await transport.call(operation, input, rest), operation, decode);
  }

  return {
    sso: {
      list: (organizationId, rest) => call(operations.list, organizationId, rest),
      getSingle: (organizationId, rest) => call(operations.getSingle, organizationId, rest),
      create: (organizationId, body, rest) =>
        call(operations.create, organizationId, rest, { body }),
      update: (organizationId, body, rest) =>
        call(operations.update, organizationId, rest, { body }),
      async delete(organizationId, options) {
        const { confirmOrganizationId, ...rest } = callOptions<typeof options>(
          options,
          DELETE,
          operations.delete.id,
        );
        if (confirmOrganizationId === organizationId) {
          return await call(operations.delete, organizationId, rest);
        }
        const problem = "differs from the organization's id; a deletion may remove all of its SSO";
        throw argumentError("confirmOrganizationId", problem, identity.name);
      },
    },
  };
}
