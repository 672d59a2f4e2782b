import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CertificateStore } from "../../providers/store.ts";
import type { SecretPlace, StoreConfig } from "../../schemas/watch-config.ts";
import { watchError } from "../../watch/error.ts";
import type { Invocation } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { readSecret } from "../input/credentials.ts";
import { sendGridClient } from "../sendgrid/client.ts";

/** The variable that the client reads. */
const KEY = "SENDGRID_API_KEY";

/** Stores, and the names of their connections as far as the provider knows them. */
export interface OpenStores {
  readonly stores: readonly CertificateStore[];
  readonly names: ReadonlyMap<string, string>;
}

type Wanted = Omit<StoreConfig, "provider"> & Partial<Pick<StoreConfig, "provider">>;

/** The stores of an account, or of a module. */
export async function storesOf(
  wanted: Wanted,
  invocation: Invocation,
  io: Io,
): Promise<OpenStores> {
  if (wanted.module !== undefined) return await storesOfModule(wanted.module, io);
  const { sendGridCertificateStore } = await import("../../providers/sendgrid/index.ts");
  const variable = wanted.apiKey?.env;
  const env = variable === undefined ? io.env : { ...io.env, [KEY]: io.env[variable] };
  const client = await sendGridClient(accountOf(wanted, invocation, io), { ...io, env });
  const { integration } = wanted;
  if (integration !== undefined) {
    return { stores: [sendGridCertificateStore(client, integration)], names: new Map() };
  }
  const all = await client.integrations.list({ signal: io.signal });
  return {
    stores: all.map(({ id }) => sendGridCertificateStore(client, id)),
    names: new Map(all.flatMap(({ id, name }) => (name ? [[id, name] as const] : []))),
  };
}

/** The options of the command line, where the configuration does not say otherwise. */
function accountOf(
  { apiKey, region, baseUrl, onBehalfOf }: Wanted,
  invocation: Invocation,
  io: Io,
): Invocation {
  const own: Readonly<Record<string, string | undefined>> = {
    region,
    "base-url": baseUrl,
    "on-behalf-of": onBehalfOf,
    "api-key-file": apiKey?.file === undefined ? undefined : resolve(io.cwd, apiKey.file),
  };
  return { ...invocation, value: (name) => own[name] ?? invocation.value(name) };
}

/** The value of a secret in a variable or a file. */
export async function secretOf(place: SecretPlace, io: Io): Promise<string> {
  return await readSecret({ variable: place.env ?? "", file: place.file, option: "config" }, io);
}

async function storesOfModule(module: string, io: Io): Promise<OpenStores> {
  const stores = await loadStores(module, io).catch((error: unknown) => {
    // The message of the module may contain a secret.
    const reason = error instanceof Error ? error.name : "unknown error";
    throw watchError("watch.module", { module, reason });
  });
  const isStore = (one: CertificateStore) =>
    typeof one?.list === "function" && typeof one.integrationId === "string";
  if (!stores.every(isStore)) {
    throw watchError("watch.module", { module, reason: "it returned no CertificateStore" });
  }
  return { stores, names: new Map() };
}

async function loadStores(module: string, io: Io): Promise<readonly CertificateStore[]> {
  const loaded: { default?: unknown } = await import(pathToFileURL(resolve(io.cwd, module)).href);
  if (typeof loaded.default !== "function") throw new TypeError("no default function");
  const made: unknown = await loaded.default();
  return [made].flat() as readonly CertificateStore[];
}
