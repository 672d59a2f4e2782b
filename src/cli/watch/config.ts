import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { findPrivateKey } from "../../certificates/private-key.ts";
import { errorCode } from "../../core/error-code.ts";
import type {
  ConfigFault,
  ConnectionConfig,
  SecretPlace,
  WatchConfig,
} from "../../schemas/watch-config.ts";
import { watchError } from "../../watch/error.ts";
import type { Invocation } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { API_KEY } from "../input/secrets.ts";

const FILE_NAME = "samlcert.json";

/** A configuration, and the folder that its paths start from. */
export interface FoundConfig {
  readonly path: string;
  readonly folder: string;
  readonly config: WatchConfig;
}

/** The configuration of `--config`, or the nearest `samlcert.json` upwards; undefined if there is none. */
export async function findConfig(invocation: Invocation, io: Io): Promise<FoundConfig | undefined> {
  const named = invocation.value("config");
  if (named !== undefined) return await readConfig(resolve(io.cwd, named));
  for (let folder = resolve(io.cwd); ; folder = dirname(folder)) {
    const path = join(folder, FILE_NAME);
    if ((await textOf(path)) !== undefined) return await readConfig(path);
    if (dirname(folder) === folder) return undefined;
  }
}

/** The text of a file; undefined if there is none. */
async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw watchError("watch.config_unreadable", { file: path, reason: errorCode(error) });
  });
}

async function readConfig(path: string): Promise<FoundConfig> {
  const text = await textOf(path);
  if (text === undefined) {
    throw watchError("watch.config_unreadable", { file: path, reason: "it does not exist" });
  }
  const value = parsed(text, path);
  const secret = secretIn(value, "");
  if (secret !== undefined) throw watchError("watch.config_secret", { file: path, place: secret });
  const { readWatchConfig } = await import("../../schemas/watch-config.ts");
  const result = readWatchConfig(value);
  const fault = "fault" in result ? result.fault : conflictIn(result.config);
  if (fault !== undefined) throw watchError("watch.config_invalid", { file: path, ...fault });
  return { path, folder: dirname(path), config: (result as { config: WatchConfig }).config };
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = /line (\d+) column (\d+)/.exec(String(error))?.[0];
    const problem = `is no JSON${at === undefined ? "" : ` (${at})`}`;
    throw watchError("watch.config_invalid", { file: path, place: "the document", problem });
  }
}

/** Properties that contain a secret, and therefore only say where it is. */
const SECRETS: readonly string[] = ["apiKey", "secret", "token", "password", "passphrase"];

/** The place of the first secret that is written into the document itself. */
function secretIn(value: unknown, place: string): string | undefined {
  if (typeof value === "string") {
    const name = place.replace(/.*\./, "");
    const isSecret = SECRETS.includes(name) || API_KEY.test(value) || hasPassword(value);
    return isSecret || findPrivateKey(value) !== undefined ? place : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const next = Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`.replace(/^\./, "");
    const found = secretIn(inner, next);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasPassword(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text) && new URL(text).password !== "";
}

const PLACES = ["metadata", "files", "environment", "trustedKeys", "store"] as const;

/** The rules that the schema cannot state: each place within a connection, its fault, and a check. */
const CONFLICTS: readonly (readonly [
  place: string,
  problem: string,
  isWrong: (connection: ConnectionConfig) => boolean,
])[] = [
  [
    "",
    `needs exactly one of ${PLACES.join(", ")}`,
    (one) => PLACES.filter((name) => one[name] !== undefined).length !== 1,
  ],
  [
    ".published",
    "belongs to a store",
    ({ published, store }) => published !== undefined && store === undefined,
  ],
  [
    "",
    "has entityIds or trust without metadata",
    ({ entityIds, trust, metadata }) =>
      (entityIds ?? trust) !== undefined && metadata === undefined,
  ],
  [
    ".store",
    "needs module with the provider module only",
    ({ store }) => (store?.provider === "module") !== (store?.module !== undefined),
  ],
  [
    ".store.apiKey",
    "needs exactly one of env and file",
    ({ store }) => store?.apiKey !== undefined && !isOnePlace(store.apiKey),
  ],
];

function isOnePlace({ env, file }: SecretPlace): boolean {
  return (env === undefined) !== (file === undefined);
}

function conflictIn({ connections, webhook }: WatchConfig): ConfigFault | undefined {
  const found = connections.flatMap((connection, index) =>
    CONFLICTS.filter(([, , isWrong]) => isWrong(connection)).map(([place, problem]) => ({
      place: `connections[${index}]${place}`,
      problem,
    })),
  );
  const secrets = Object.entries(webhook ?? {}).filter(
    ([, place]) => place !== undefined && !isOnePlace(place),
  );
  const ofHook = secrets.map(([name]) => ({
    place: `webhook.${name}`,
    problem: "needs exactly one of env and file",
  }));
  return [...found, ...ofHook][0];
}
