import { checkOptions, OBJECT, TEXT } from "../../core/options.ts";
import { operations } from "../../providers/pandastack/operations.ts";
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

/** A configuration: the body that was sent, with an id. PandaStack documents no stored form. */
export type FakeSsoConfiguration = Readonly<Record<string, unknown>>;

export interface FakePandaStackState {
  /** By organization. */
  readonly configurations: Map<string, readonly FakeSsoConfiguration[]>;
}

export interface PandaStackQuirks {
  /** Answers are wrapped as `{ data }`, or bare. */
  readonly envelope: "none" | "data";
  /** A deletion removes all configurations of the organization, or its first. */
  readonly deletes: "all" | "first";
}

export interface FakePandaStackOptions extends FakeServerOptions<FakePandaStackState> {
  /** The only token that is let in. Default: any. */
  readonly token?: string | undefined;
  readonly quirks?: Partial<PandaStackQuirks> | undefined;
}

export interface FakePandaStack extends FakeServer<FakePandaStackState> {}

interface Call {
  readonly organization: string;
  readonly body: unknown;
  readonly stored: readonly FakeSsoConfiguration[];
  readonly deletes: PandaStackQuirks["deletes"];
}

/** The new state and the answer of an operation. */
interface Done {
  readonly stored?: readonly FakeSsoConfiguration[] | undefined;
  readonly answer: unknown;
}

function asFields(body: unknown): FakeSsoConfiguration {
  return typeof body === "object" && body !== null ? (body as FakeSsoConfiguration) : {};
}

const NONE = {};

const HANDLERS: Readonly<Record<string, (call: Call) => Done>> = {
  [operations.list.id]: ({ stored }) => ({ answer: { sso: stored } }),
  [operations.getSingle.id]: ({ stored }) => ({ answer: stored[0] ?? NONE }),
  [operations.create.id]: ({ stored, body, organization }) => {
    const created = { id: `${organization}-${stored.length + 1}`, ...asFields(body) };
    return { stored: [...stored, created], answer: created };
  },
  [operations.update.id]: ({ stored, body }) => {
    const [first, ...rest] = stored;
    if (first === undefined) return { answer: NONE };
    const updated = { ...first, ...asFields(body) };
    return { stored: [updated, ...rest], answer: updated };
  },
  [operations.delete.id]: ({ stored, deletes }) => ({
    stored: deletes === "all" ? [] : stored.slice(1),
    answer: { deleted: deletes === "all" ? stored.length : Math.min(1, stored.length) },
  }),
};

/**
 * A fake PandaStack. Its five paths, the query parameter and the token are as documented; its
 * bodies are made up, because none is documented: a test must not rely on them.
 *
 * @example
 * ```ts
 * import { createPandaStackClient } from "samlcert/pandastack";
 * import { startFakePandaStack } from "samlcert/testing";
 *
 * const fake = await startFakePandaStack();
 * const client = createPandaStackClient({ token: "psk_test", baseUrl: fake.url });
 * await client.sso.create("1234567890", { slug: "example" });
 * console.log(fake.state.configurations.get("1234567890"));
 * await fake.close();
 * ```
 */
export async function startFakePandaStack(
  options: FakePandaStackOptions = {},
): Promise<FakePandaStack> {
  if (options === null) return await startFakePandaStack();
  const kinds = { ...FAKE_SERVER_OPTIONS, token: TEXT, quirks: OBJECT };
  checkOptions<FakePandaStackOptions>(options, kinds, "startFakePandaStack");
  checkQuirks(options.quirks ?? {}, { envelope: ["none", "data"], deletes: ["all", "first"] });
  const { envelope = "none", deletes = "all" } = options.quirks ?? {};
  const state: FakePandaStackState = { configurations: new Map() };

  function handle({ operation, query, body }: FakeRequest, authorization?: string): Reply {
    const token = bearerOf(authorization);
    if (token === "" || (options.token !== undefined && token !== options.token)) {
      return { status: 401, json: { error: "Unauthorized" } };
    }
    const handler = HANDLERS[operation ?? ""];
    if (handler === undefined) return { status: 404, json: { error: "Not Found" } };
    const organization = query["organization_id"] ?? "";
    if (organization === "") return { status: 400, json: { error: "organization_id is required" } };
    const before = state.configurations.get(organization) ?? [];
    const { stored, answer } = handler({ organization, body, stored: before, deletes });
    if (stored !== undefined) state.configurations.set(organization, stored);
    return { status: 200, json: envelope === "data" ? { data: answer } : answer };
  }

  return await startServer({ state, operations: Object.values(operations), handle }, options);
}
