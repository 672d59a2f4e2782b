import { BOOLEAN, type OptionKinds } from "../../core/options.ts";
import { CALL_KINDS, callOptions } from "../http/argument.ts";
import { bodyText } from "../http/content.ts";
import {
  checkStatus,
  decodeList,
  decodeObject,
  type Echo,
  notDeleted,
  unreadable,
} from "../http/decode.ts";
import { lookBack } from "../http/failure.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer } from "../http/transport.ts";
import { type Context, callDelete, decoding, exists } from "./context.ts";
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
  /** Requests `completed_integration`. Default true. */
  readonly si?: boolean | undefined;
}

const WITH_SI: OptionKinds<IntegrationCallOptions> = { ...CALL_KINDS, si: BOOLEAN };

/** The SAML connections of an account. */
export interface SendGridIntegrations {
  list(options?: IntegrationCallOptions): Promise<readonly SendGridIntegration[]>;
  get(id: string, options?: IntegrationCallOptions): Promise<SendGridIntegration>;
  /** If the answer lacks the id or the URLs, they are read back. */
  create(body: CreateIntegrationBody, options?: CallOptions): Promise<SendGridIntegration>;
  /**
   * Reads the integration, merges the changes into it and writes it whole, as the specification
   * requires. Sends nothing if nothing changes.
   */
  update(
    id: string,
    changes: UpdateIntegrationChanges,
    options?: IntegrationCallOptions,
  ): Promise<IntegrationUpdate>;
  /** Deletes the integration; its certificates go with it. */
  delete(id: string, options?: CallOptions): Promise<void>;
}

/** An answer whose id may be missing, as in the documentation's examples. */
type IntegrationEcho = Echo<typeof integrationWire>;

/** SendGrid's URLs of an integration end in its id: .../v3/public/sso/saml/response/id/<id>. */
function idInUrl({ single_signon_url, audience_url }: IntegrationEcho): string | undefined {
  const id = (single_signon_url ?? audience_url)?.split("/").at(-1);
  return id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? id
    : undefined;
}

export function integrationsOf(context: Context): SendGridIntegrations {
  const { transport } = context;

  function identified(
    echo: IntegrationEcho,
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
      const operation = operations.listIntegrations;
      const { si = true, ...options } = callOptions(given, WITH_SI, operation.id);
      const answer = await transport.call(operation, { query: { si } }, options);
      const list = decodeList(integrationWire, answer, decoding(context, operation));
      return list.map((echo) => identified(echo, undefined, answer, operation));
    },

    async get(id, given) {
      const operation = operations.getIntegration;
      const { si = true, ...options } = callOptions(given, WITH_SI, operation.id);
      const input = { parameters: { id }, query: { si } };
      const answer = await transport.call(operation, input, options);
      const echo = decodeObject(integrationWire, answer, decoding(context, operation));
      return identified(echo, id, answer, operation);
    },

    async create(body, options) {
      const operation = operations.createIntegration;
      const answer = await transport.call(operation, { body }, options);
      const echo = decodeObject(integrationWire, answer, decoding(context, operation));
      const id =
        echo.id ?? idInUrl(echo) ?? newestLike(body, await lookBack(client.list(options)))?.id;
      const created = identified(echo, id, answer, operation);
      const whole = created.single_signon_url !== undefined && created.audience_url !== undefined;
      return whole ? created : await lookBack(client.get(created.id, options));
    },

    async update(id, changes, given) {
      const operation = operations.updateIntegration;
      const { si = true, ...options } = callOptions(given, WITH_SI, operation.id);
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
      const echo = decodeObject(integrationWire, answer, decoding(context, operation));
      const integration = identified(echo, id, answer, operation);
      return { integration, changed, notTaken: notTaken(body, integration) };
    },

    async delete(id, options) {
      const operation = operations.deleteIntegration;
      const answer = await callDelete(context, operation, { parameters: { id } }, options);
      if (answer === undefined) return;
      checkStatus(answer, decoding(context, operation));
      if (answer.status === operation.success) return;
      // Only the documented status proves the deletion: another success may be a proxy's.
      if (await lookBack(exists(client.get(id, options)))) {
        throw notDeleted(`the integration ${id}`, answer, decoding(context, operation));
      }
    },
  };
  return client;
}
