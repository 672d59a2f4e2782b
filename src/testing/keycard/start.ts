import {
  checkOptions,
  FUNCTION,
  LIST,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../../core/options.ts";
import {
  type OperationName,
  operations,
  tokenOperation,
} from "../../providers/keycard/operations.ts";
import { bearerOf } from "../bearer.ts";
import { checkQuirks, type QuirkChoice } from "../check-quirks.ts";
import type { FakeRequest } from "../faults.ts";
import {
  FAKE_SERVER_OPTIONS,
  type FakeServer,
  type FakeServerOptions,
  type Reply,
  startServer,
} from "../server.ts";
import {
  disable,
  enable,
  type Handler,
  Refused,
  retrieve,
  update,
  type World,
} from "./connection.ts";
import { giveToken, isAlive, type ServiceAccount } from "./tokens.ts";
import type { FakeKeycardState, KeycardQuirks } from "./types.ts";

const HANDLERS: Readonly<Record<OperationName, Handler>> = {
  retrieveSsoConnection: retrieve,
  enableSsoConnection: enable,
  updateSsoConnection: update,
  disableSsoConnection: disable,
};

const FAITHFUL: KeycardQuirks = {
  absentClientId: "null",
  errors: "keycard",
  tokenLifetime: 3600,
  tokenRevokedAfter: undefined,
  deleteStatus: 204,
};

const CHOICES: Readonly<Record<keyof KeycardQuirks, QuirkChoice>> = {
  absentClientId: ["null", "omitted"],
  errors: ["keycard", "oauth", "html", "empty"],
  tokenLifetime: "number",
  tokenRevokedAfter: "number",
  deleteStatus: [200, 204],
};

type Shape = (refused: Refused) => Partial<Reply>;

const SHAPES: Readonly<Record<KeycardQuirks["errors"], Shape>> = {
  keycard: ({ message, code, status }) => ({ json: { message, code, status } }),
  oauth: ({ message, code }) => ({ json: { error: code, error_description: message } }),
  html: ({ status }) => ({
    text: `<html><head><title>${status} Error</title></head><body></body></html>`,
    headers: { "content-type": "text/html" },
  }),
  empty: () => ({}),
};

export interface FakeKeycardOptions extends FakeServerOptions<FakeKeycardState> {
  /** The only service account that gets a token. Default: any. */
  readonly serviceAccount?: ServiceAccount | undefined;
  /** A bearer token that is accepted besides the issued ones. */
  readonly token?: string | undefined;
  /** The known organizations. Default: all. */
  readonly organizations?: readonly string[] | undefined;
  /** Deviations from the specification. Default: none. */
  readonly quirks?: Partial<KeycardQuirks> | undefined;
  /** Unix seconds. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

const OPTIONS: OptionKinds<FakeKeycardOptions> = {
  ...FAKE_SERVER_OPTIONS,
  serviceAccount: OBJECT,
  token: TEXT,
  organizations: LIST,
  quirks: OBJECT,
  now: FUNCTION,
};

export interface FakeKeycard extends FakeServer<FakeKeycardState> {}

function createWorld({ quirks, now, organizations }: FakeKeycardOptions): World {
  let sequence = 0;
  return {
    state: { connections: new Map(), tokens: new Map() },
    quirks: { ...FAITHFUL, ...quirks },
    now: now ?? (() => Math.floor(Date.now() / 1000)),
    next: () => ++sequence,
    knows: (organization) => organizations?.includes(organization) ?? true,
  };
}

/**
 * A fake Keycard: the SSO connection of organizations, and the tokens of service accounts, as a real
 * HTTP server on this machine. `state` shows the client secrets, which Keycard never returns.
 *
 * @example
 * ```ts
 * import { createKeycardClient } from "samlcert/keycard";
 * import { startFakeKeycard } from "samlcert/testing";
 *
 * const fake = await startFakeKeycard({ quirks: { tokenLifetime: 60 } });
 * const client = createKeycardClient({
 *   baseUrl: fake.url,
 *   credentials: { clientId: "service", clientSecret: "not-a-secret" },
 * });
 * await client.ssoConnection.ensure("org", { identifier: "https://idp.example.com", client_id: "c" });
 * console.log(fake.state.connections.get("org")?.identifier);
 * await fake.close();
 * ```
 */
export async function startFakeKeycard(options: FakeKeycardOptions = {}): Promise<FakeKeycard> {
  if (options === null) return await startFakeKeycard();
  checkOptions(options, OPTIONS, "startFakeKeycard");
  checkQuirks(options.quirks ?? {}, CHOICES);
  const world = createWorld(options);
  const handlers = new Map(
    Object.entries(HANDLERS).map(([name, handler]) => [
      operations[name as OperationName].id,
      handler,
    ]),
  );

  function perform(request: FakeRequest, authorization: string | undefined): Reply {
    if (request.operation === tokenOperation.id) {
      return giveToken(request, authorization, options.serviceAccount, world);
    }
    const token = bearerOf(authorization);
    if (!isAlive(token, world) && (token === "" || token !== options.token)) {
      throw new Refused(401, "unauthorized", "the token is missing, unknown or expired");
    }
    const handler = handlers.get(request.operation ?? "");
    if (handler === undefined) throw new Refused(404, "not_found", "not found");
    return handler(request, world);
  }

  function handle(request: FakeRequest, authorization: string | undefined): Reply {
    try {
      return perform(request, authorization);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, ...SHAPES[world.quirks.errors](error) };
    }
  }

  const all = [...Object.values(operations), tokenOperation];
  return await startServer({ state: world.state, operations: all, handle }, options);
}
