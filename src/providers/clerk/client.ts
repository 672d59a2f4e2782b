import { type OptionKinds, TEXT } from "../../core/options.ts";
import type { WithRaw } from "../http/decode.ts";
import type { CallOptions } from "../http/operation.ts";
import type { Body, Decoded } from "../http/wire.ts";
import { type Caller, createCaller, KEY_KINDS, type KeyOptions } from "../kit/client.ts";
import { identity, operations } from "./operations.ts";
import { connectionsWire, connectionWire, type updateWire } from "./wire.ts";

export interface ClerkOptions extends KeyOptions {
  /** The instance's secret key; starts with `sk_`. */
  readonly secretKey: string;
}

const KINDS: OptionKinds<ClerkOptions> = { ...KEY_KINDS, secretKey: TEXT };

/** An enterprise connection. */
export interface ClerkConnection extends Decoded<typeof connectionWire>, WithRaw {}

export interface UpdateClerkConnection extends Body<typeof updateWire> {}

type Page = Decoded<typeof connectionsWire>;

export interface ClerkClient extends Pick<Caller, "origin" | "timing"> {
  readonly connections: {
    /** Every connection of the instance, all pages. */
    list(options?: CallOptions): Promise<Page["data"]>;
    get(id: string, options?: CallOptions): Promise<ClerkConnection>;
    /** Changes the given fields. A list of certificates replaces every one. */
    update(
      id: string,
      changes: UpdateClerkConnection,
      options?: CallOptions,
    ): Promise<ClerkConnection>;
  };
}

const PAGE = 100;

/**
 * A client of Clerk's Backend API for enterprise connections. Throws `ProviderError`.
 *
 * @example
 * ```ts
 * import { createClerkClient } from "samlcert/providers/clerk";
 *
 * const client = createClerkClient({ secretKey: process.env["CLERK_SECRET_KEY"] ?? "" });
 * for (const { id, name } of await client.connections.list()) console.log(id, name);
 * ```
 */
export function createClerkClient(options: ClerkOptions): ClerkClient {
  const caller = createCaller(options, KINDS, "createClerkClient", {
    identity,
    baseUrl: "https://api.clerk.com/v1",
    secrets: { "secret key": Object(options).secretKey },
    headers: (secrets) => ({ authorization: `Bearer ${secrets["secret key"]}` }),
  });
  const at = (id: string) => ({ parameters: { enterprise_connection_id: id } });
  return {
    origin: caller.origin,
    timing: caller.timing,
    connections: {
      async list(call) {
        const all: Page["data"][number][] = [];
        for (;;) {
          const query = { limit: PAGE, offset: all.length };
          const page = await caller.object(
            connectionsWire,
            operations.listConnections,
            { query },
            call,
          );
          all.push(...page.data);
          if (page.data.length === 0 || all.length >= (page.total_count ?? 0)) return all;
        }
      },
      get: (id, call) => caller.object(connectionWire, operations.getConnection, at(id), call),
      update: (id, body, call) =>
        caller.object(connectionWire, operations.updateConnection, { ...at(id), body }, call),
    },
  };
}
