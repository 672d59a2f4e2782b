import { checkOptions, FUNCTION, OBJECT, TEXT } from "../../core/options.ts";
import { type OperationName, operations } from "../../providers/sendgrid/operations.ts";
import { bearerOf } from "../bearer.ts";
import { checkQuirks } from "../check-quirks.ts";
import type { FakeRequest } from "../faults.ts";
import {
  FAKE_SERVER_OPTIONS,
  type FakeServer,
  type FakeServerOptions,
  type Reply,
  startServer,
} from "../server.ts";
import {
  addCertificate,
  createCertificate,
  deleteCertificate,
  getCertificate,
  listCertificates,
  updateCertificate,
} from "./certificates.ts";
import { errorReply } from "./errors.ts";
import {
  addIntegration,
  createIntegration,
  deleteIntegration,
  getIntegration,
  listIntegrations,
  type NewIntegration,
  updateIntegration,
} from "./integrations.ts";
import { CHOICES, FAITHFUL } from "./quirks.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createTeammate, updateTeammate } from "./teammates.ts";
import type {
  FakeCertificate,
  FakeIntegration,
  FakeSendGridState,
  SendGridQuirks,
} from "./types.ts";
import { createWorld, type Handler, Refused, type World } from "./world.ts";

/** The logic of each of the 12 operations. */
const HANDLERS: Readonly<Record<OperationName, Handler>> = {
  createCertificate,
  getCertificate,
  updateCertificate,
  deleteCertificate,
  listCertificates,
  createIntegration,
  listIntegrations,
  getIntegration,
  updateIntegration,
  deleteIntegration,
  createTeammate,
  updateTeammate,
};

const BY_OPERATION: ReadonlyMap<string, Handler> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(HANDLERS).map(([name, handler]) => [
    operations[name as OperationName].id,
    handler,
  ]),
);

export interface FakeSendGridOptions extends FakeServerOptions<FakeSendGridState> {
  /** The only key that is let in. Default: any bearer token. */
  readonly apiKey?: string | undefined;
  /** Deviations from the specification. Default: none. */
  readonly quirks?: Partial<SendGridQuirks> | undefined;
  /** Unix seconds. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

export interface FakeSendGrid extends FakeServer<FakeSendGridState> {
  /** Stores an integration without a request. */
  addIntegration(integration?: NewIntegration): FakeIntegration;
  /** Stores a certificate without a request, as another writer would. */
  addCertificate(certificate: {
    readonly integration_id: string;
    readonly public_certificate: string;
    readonly enabled?: boolean | undefined;
  }): FakeCertificate;
}

function perform(request: FakeRequest, world: World, errorId: string): Reply {
  const { errors, forbidden } = world.quirks;
  const handler = BY_OPERATION.get(request.operation ?? "");
  try {
    if (forbidden) throw new Refused(403, { message: "access forbidden" });
    if (handler === undefined) throw new Refused(404, { message: "not found" });
    return handler(request, world);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return errorReply(error.status, error.complaints, errors, errorId);
  }
}

/**
 * A fake SendGrid: the SSO API as a real HTTP server on this machine, for tests of code that talks
 * to SendGrid. Faithful to the OpenAPI document by default; each departure that was seen in the
 * wild is a quirk to switch on. Reads `not_before` and `not_after` from the certificate, gives out
 * the same ids in each run, and shows in `state` also what SendGrid does not tell, such as whether a
 * certificate is enabled.
 *
 * @example
 * ```ts
 * import { createSendGridClient } from "samlcert/sendgrid";
 * import { createTestCertificate, startFakeSendGrid } from "samlcert/testing";
 *
 * const fake = await startFakeSendGrid({ quirks: { integrationIdField: "integration_id" } });
 * const client = createSendGridClient({ apiKey: "SG.test", baseUrl: fake.url });
 * const { id } = fake.addIntegration();
 * fake.inject({ cut: "after" }, { operation: "certificates.create" });
 * const { certificate } = await createTestCertificate();
 * const { created } = await client.certificates.ensure(id, certificate);
 * console.log(created, fake.state.certificates.size, fake.requests.length);
 * await fake.close();
 * ```
 */
export async function startFakeSendGrid(options: FakeSendGridOptions = {}): Promise<FakeSendGrid> {
  if (options === null) return await startFakeSendGrid();
  const kinds = { ...FAKE_SERVER_OPTIONS, apiKey: TEXT, quirks: OBJECT, now: FUNCTION };
  checkOptions<FakeSendGridOptions>(options, kinds, "startFakeSendGrid");
  checkQuirks(options.quirks ?? {}, CHOICES);
  const quirks: SendGridQuirks = { ...FAITHFUL, ...options.quirks };
  const world = createWorld(quirks, options.now);
  const limit = createRateLimit(quirks, world.now);

  function handle(request: FakeRequest, authorization: string | undefined): Reply {
    const errorId = `fake-error-${request.number}`;
    const key = bearerOf(authorization);
    if (key === "" || (options.apiKey !== undefined && key !== options.apiKey)) {
      const message = "authorization required";
      return errorReply(401, [{ message }], quirks.errors, errorId);
    }
    const { exceeded, headers } = limit(request.operation ?? "");
    const reply = exceeded
      ? errorReply(429, [{ message: "too many requests" }], quirks.errors, errorId)
      : perform(request, world, errorId);
    // By the fake's own clock, which clients use for the reset of a limit.
    const date = new Date(world.now() * 1000).toUTCString();
    return { ...reply, headers: { date, ...reply.headers, ...headers } };
  }

  const provider = { state: world.state, operations: Object.values(operations), handle };
  const server = await startServer(provider, options);
  return {
    ...server,
    addIntegration: (integration = {}) => addIntegration(integration, world),
    addCertificate: (certificate) => addCertificate(certificate, world),
  };
}
