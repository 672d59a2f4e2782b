import { certificateState, validateCertificate } from "../../certificates/index.ts";
import { checkOptions, FUNCTION } from "../../core/options.ts";
import { operations } from "../../providers/clerk/operations.ts";
import { bearerOf } from "../bearer.ts";
import type { FakeRequest } from "../faults.ts";
import type { Reply } from "../reply.ts";
import {
  FAKE_SERVER_OPTIONS,
  type FakeServer,
  type FakeServerOptions,
  startServer,
} from "../server.ts";

/** A connection of the fake. */
export interface FakeClerkConnection {
  readonly id: string;
  readonly name: string;
  /** Base64 of the DER, as Clerk shows it; the first is the primary one. */
  certificates: readonly string[];
  /** Where it reads the certificates from: then a list does not last. */
  readonly metadataUrl?: string | undefined;
}

export interface FakeClerkState {
  readonly connections: Map<string, FakeClerkConnection>;
}

export interface FakeClerkOptions extends FakeServerOptions<FakeClerkState> {
  /** Unix seconds. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

export interface FakeClerk extends FakeServer<FakeClerkState> {
  /** Stores a connection without a request. */
  addConnection(connection?: Partial<FakeClerkConnection>): FakeClerkConnection;
}

function refused(status: number, code: string, message: string): Reply {
  const errors = [{ message, long_message: message, code, meta: {} }];
  return { status, json: { errors, clerk_trace_id: "fake" } };
}

function shown({ id, name, certificates, metadataUrl }: FakeClerkConnection) {
  return {
    ...{ object: "enterprise_connection", id, name, provider: "saml_custom", active: true },
    ...{ domains: ["example.com"], authenticatable: true, disable_jit_provisioning: false },
    ...{ created_at: 0, updated_at: 0, organization_id: null },
    saml_connection: {
      ...{ id: `saml_${id}`, name, active: true, idp_metadata_url: metadataUrl ?? null },
      idp_certificates: certificates.map((text) => {
        const { certificate } = validateCertificate(text);
        const issued_at = certificate ? certificate.notBefore.unixSeconds * 1000 : null;
        const expires_at = certificate ? certificate.notAfter.unixSeconds * 1000 : null;
        return { certificate: text, issued_at, expires_at };
      }),
    },
  };
}

/** The first certificate that is valid now comes to the front. */
function ordered(texts: readonly string[], now: number): readonly string[] {
  const isActive = (text: string) => {
    const { certificate } = validateCertificate(text);
    return certificate !== undefined && certificateState(certificate, now) !== "expired";
  };
  const first = texts.find(isActive);
  return first === undefined ? texts : [first, ...texts.filter((text) => text !== first)];
}

/**
 * A fake Clerk: enterprise connections of the Backend API, as a real HTTP server on this machine. Made
 * from its OpenAPI document, and from `@clerk/backend` for the list of certificates.
 *
 * @example
 * ```ts
 * import { createClerkClient } from "samlcert/providers/clerk";
 * import { startFakeClerk } from "samlcert/testing";
 *
 * const fake = await startFakeClerk();
 * const { id } = fake.addConnection();
 * const client = createClerkClient({ secretKey: "sk_test_1", baseUrl: fake.url });
 * console.log(await client.connections.get(id));
 * await fake.close();
 * ```
 */
export async function startFakeClerk(options: FakeClerkOptions = {}): Promise<FakeClerk> {
  if (options === null) return await startFakeClerk();
  const kinds = { ...FAKE_SERVER_OPTIONS, now: FUNCTION };
  checkOptions<FakeClerkOptions>(options, kinds, "startFakeClerk");
  const state: FakeClerkState = { connections: new Map() };
  const now = options.now ?? (() => Math.floor(Date.now() / 1000));

  function update(connection: FakeClerkConnection, body: unknown): Reply {
    const { saml } = Object(body) as { readonly saml?: { readonly idp_certificates?: unknown } };
    const list = saml?.idp_certificates;
    if (Array.isArray(list)) {
      const read = list.map((text) => validateCertificate(text).certificate);
      if (list.length > 5)
        return refused(422, "form_param_exceeds_allowed_size", "too many certificates");
      if (read.includes(undefined))
        return refused(422, "form_param_invalid", "invalid certificate");
      const texts = read.flatMap((one) => one?.derBase64 ?? []);
      if (connection.metadataUrl === undefined) connection.certificates = ordered(texts, now());
    }
    return { status: 200, json: shown(connection) };
  }

  function list({ query }: FakeRequest): Reply {
    const all = [...state.connections.values()];
    const [limit = 10, offset = 0] = [query["limit"], query["offset"]].map((text) =>
      text === undefined ? undefined : Number(text),
    );
    const data = all.slice(offset, offset + limit).map(shown);
    return { status: 200, json: { data, total_count: all.length } };
  }

  function handle(request: FakeRequest, authorization: string | undefined): Reply {
    if (!bearerOf(authorization).startsWith("sk_")) {
      return refused(401, "authentication_invalid", "Invalid authentication");
    }
    if (request.operation === operations.listConnections.id) return list(request);
    const id = request.parameters["enterprise_connection_id"] ?? "";
    const connection = state.connections.get(id);
    if (connection === undefined) return refused(404, "resource_not_found", "not found");
    const isUpdate = request.operation === operations.updateConnection.id;
    return isUpdate ? update(connection, request.body) : { status: 200, json: shown(connection) };
  }

  const provider = { state, operations: Object.values(operations), handle };
  const server = await startServer(provider, options);
  return {
    ...server,
    addConnection(connection = {}) {
      const id = `ent_${state.connections.size + 1}`;
      const added = { id, name: "Example", certificates: [], ...connection };
      state.connections.set(added.id, added);
      return added;
    },
  };
}
