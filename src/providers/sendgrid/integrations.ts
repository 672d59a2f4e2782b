import { bodyText } from "../http/content.ts";
import { checkStatus, decodeList, decodeObject, unreadable, type WithRaw } from "../http/decode.ts";
import { lookBack } from "../http/failure.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer } from "../http/transport.ts";
import { type Context, callDelete, decoding, isProviderError } from "./context.ts";
import { fullBody, newestLike, notTaken } from "./integration-body.ts";
import { identity, operations } from "./operations.ts";
import type {
  CreateIntegrationBody,
  IntegrationUpdate,
  SendGridIntegration,
  UpdateIntegrationChanges,
} from "./types.ts";
import { integrationWire } from "./wire.ts";

export interface IntegrationCallOptions extends CallOptions {
  /** Asks for `completed_integration`. Default true. */
  readonly si?: boolean | undefined;
}

/** The SAML connections of an account. */
export interface SendGridIntegrations {
  list(options?: IntegrationCallOptions): Promise<readonly SendGridIntegration[]>;
  get(id: string, options?: IntegrationCallOptions): Promise<SendGridIntegration>;
  /** Where the answer lacks the id or the URLs, they are read back. */
  create(body: CreateIntegrationBody, options?: CallOptions): Promise<SendGridIntegration>;
  /**
   * Reads the integration, merges the changes into it and writes the whole, as the specification
   * asks; says what it changed. Sends nothing if nothing changes.
   */
  update(
    id: string,
    changes: UpdateIntegrationChanges,
    options?: IntegrationCallOptions,
  ): Promise<IntegrationUpdate>;
  /** Deletes the integration; its certificates go with it. */
  delete(id: string, options?: CallOptions): Promise<void>;
}

/** An answer before its id is known: examples in the documentation lack it. */
type Echo = Omit<SendGridIntegration, "id"> & { readonly id?: string | undefined } & WithRaw;

/** SendGrid's URLs of an integration end in its id: .../v3/public/sso/saml/response/id/<id>. */
function idInUrl({ single_signon_url, audience_url }: Echo): string | undefined {
  const id = (single_signon_url ?? audience_url)?.split("/").at(-1);
  return id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? id
    : undefined;
}

export function integrationsOf(context: Context): SendGridIntegrations {
  const { transport } = context;

  function identified(
    echo: Echo,
    id: string | undefined,
    answer: Answer,
    operation: Operation,
  ): SendGridIntegration {
    const known = echo.id ?? id ?? idInUrl(echo);
    if (known === undefined) {
      throw unreadable("without an id", answer, decoding(context, operation));
    }
    return Object.assign(echo, { id: known });
  }

  const client: SendGridIntegrations = {
    async list(given) {
      const { si = true, ...options } = Object(given) as IntegrationCallOptions;
      const operation = operations.listIntegrations;
      const answer = await transport.call(operation, { query: { si } }, options);
      const list = decodeList<Echo>(integrationWire, answer, decoding(context, operation));
      return list.map((echo) => identified(echo, undefined, answer, operation));
    },

    async get(id, given) {
      const { si = true, ...options } = Object(given) as IntegrationCallOptions;
      const operation = operations.getIntegration;
      const input = { parameters: { id }, query: { si } };
      const answer = await transport.call(operation, input, options);
      const echo = decodeObject<Echo>(integrationWire, answer, decoding(context, operation));
      return identified(echo, id, answer, operation);
    },

    async create(body, options) {
      const operation = operations.createIntegration;
      const answer = await transport.call(operation, { body }, options);
      const echo = decodeObject<Echo>(integrationWire, answer, decoding(context, operation));
      const id =
        echo.id ?? idInUrl(echo) ?? newestLike(body, await lookBack(client.list(options)))?.id;
      const created = identified(echo, id, answer, operation);
      const whole = created.single_signon_url !== undefined && created.audience_url !== undefined;
      return whole ? created : await lookBack(client.get(created.id, options));
    },

    async update(id, changes, given) {
      const { si = true, ...options } = Object(given) as IntegrationCallOptions;
      const operation = operations.updateIntegration;
      bodyText(operation, changes, identity.name, "changes");
      const before = await client.get(id, { ...options, si: true });
      const { body, changed } = fullBody(before, changes);
      if (changed.length === 0) return { integration: before, changed, notTaken: [] };
      const input = { parameters: { id }, query: { si }, body };
      const answer = await transport.call(operation, input, options);
      if (answer.json === undefined) {
        const integration = await lookBack(client.get(id, { ...options, si }));
        return { integration, changed, notTaken: notTaken(body, integration) };
      }
      const echo = decodeObject<Echo>(integrationWire, answer, decoding(context, operation));
      const integration = identified(echo, id, answer, operation);
      return { integration, changed, notTaken: notTaken(body, integration) };
    },

    async delete(id, options) {
      const operation = operations.deleteIntegration;
      const answer = await callDelete(context, operation, { parameters: { id } }, options);
      if (answer === undefined) return;
      checkStatus(answer, decoding(context, operation));
      if (answer.status === operation.success) return;
      // Any other success is not what SendGrid documents, and may be somebody else's.
      if (await lookBack(isThere(id, options))) {
        throw unreadable("as if it had, but did not", answer, decoding(context, operation));
      }
    },
  };
  return client;

  async function isThere(id: string, options: CallOptions | undefined): Promise<boolean> {
    try {
      await client.get(id, options);
      return true;
    } catch (error) {
      if (isProviderError(error) && error.code === "provider.not_found") return false;
      throw error;
    }
  }
}
