import type { SamlCertCode } from "../../core/codes/index.ts";
import { hintOf } from "../codes.ts";
import { ProviderError } from "../error.ts";
import { needFunctions } from "../http/argument.ts";
import { plainLine } from "../http/error-body.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import { identifierText, type Query, readBaseUrl } from "../http/origin.ts";
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

export interface PandaStackCallOptions<T> extends CallOptions {
  /** Makes of an answer what the caller knows it to be. Default: the parsed JSON, as it came. */
  readonly decode?: ((body: JsonValue) => T) | undefined;
  /** Further query parameters. `organization_id` is always the one that the call names. */
  readonly query?: Query | undefined;
}

export interface PandaStackDeleteOptions<T> extends PandaStackCallOptions<T> {
  /**
   * The organization's id once more. A deletion names no configuration, so that it may remove all
   * that the organization has: PandaStack does not say.
   */
  readonly confirmOrganizationId: string;
}

/** The five operations that PandaStack documents, and no more than is documented of them. */
export interface PandaStackSso {
  list<T = JsonValue>(organizationId: string, options?: PandaStackCallOptions<T>): Promise<T>;
  /** Which one, if there are several, PandaStack does not say. */
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

interface Doubt {
  readonly code: SamlCertCode;
  readonly message: string;
  readonly cause?: unknown;
  readonly status?: number | undefined;
}

function clientError(operation: Operation, { code, message, cause, status }: Doubt): ProviderError {
  const sent = status !== undefined && operation.method !== "GET";
  return new ProviderError(code, message, {
    provider: identity.name,
    operation: operation.id,
    outcome: sent ? "unknown" : "not_applied",
    hint: hintOf(code),
    status,
    cause,
  });
}

/** What the caller's decoder makes of an answer; it sees only what was scrubbed of the token. */
function decodeWith<T>(answer: Answer, operation: Operation, decode?: (body: JsonValue) => T): T {
  const body = (answer.json ?? null) as JsonValue;
  if (decode === undefined) return body as T;
  try {
    return decode(body);
  } catch (cause) {
    const reason = cause instanceof Error ? plainLine(cause.message) : "no reason given";
    const message = `The caller's decoder refused the answer of ${operation.id}: ${reason}`;
    throw clientError(operation, {
      code: "provider.unreadable",
      message,
      cause,
      status: answer.status,
    });
  }
}

/**
 * A client of PandaStack's SSO API: **the documented surface only, unverified**. The documentation
 * names five paths, one query parameter and no body, so bodies pass through as they are, answers are
 * JSON until the caller's decoder says more, and no POST is ever repeated by itself. Throws
 * `ProviderError`.
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
    const { decode, query, ...rest } = Object(given) as PandaStackCallOptions<T>;
    needFunctions({ decode });
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
        const { confirmOrganizationId, ...rest } = Object(options) as typeof options;
        if (confirmOrganizationId !== organizationId) {
          const message =
            "confirmOrganizationId is not the organization's id: a deletion may remove all of its SSO.";
          throw clientError(operations.delete, { code: "provider.argument", message });
        }
        return await call(operations.delete, organizationId, rest);
      },
    },
  };
}
