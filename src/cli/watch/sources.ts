import { resolve } from "node:path";
import { type RotationSummary, rotationJournals } from "../../rotation/index.ts";
import type { ConnectionConfig, WatchConfig } from "../../schemas/watch-config.ts";
import {
  type SourceDetails,
  type WatchSource,
  watchEnvironment,
  watchFiles,
  watchMetadata,
  watchStore,
  watchTrustedKeys,
} from "../../watch/index.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { trustedCertificates } from "../input/certificates.ts";
import { expandGlob } from "../input/globs.ts";
import { isUrl } from "../input/urls.ts";
import { evidenceSource, readMetadata } from "../rotate/desired.ts";
import { journalFolder } from "../rotate/journal.ts";
import type { FoundConfig } from "./config.ts";
import { type OpenStores, storesOf } from "./stores.ts";

/** The sources of one run. */
export type Sources = AsyncIterable<WatchSource>;

/** The sources that the words of the command line name. */
export async function* sourcesOfWords(invocation: Invocation, io: Io): Sources {
  const trust = await trustOf(invocation.values("trust"), io);
  const allowPrivateAddresses = io.allowPrivateAddresses === true;
  for (const word of invocation.arguments) {
    const [kind, rest] = splitWord(word);
    if (kind === "env") yield watchEnvironment(rest, io.env);
    else if (kind === "keys") yield trustedKeysAt(rest, io, { allowPrivateAddresses });
    else if (kind === "sendgrid") {
      const integration = rest === "" ? undefined : rest;
      yield* ofStores(await storesOf({ integration }, invocation, io), {}, invocation, io);
    } else if (isUrl(word)) yield watchMetadata(word, { trust, allowPrivateAddresses });
    else yield filesAt(word, io.cwd, { trust });
  }
}

const KINDS = ["env", "keys", "sendgrid"];

/** `env:NAME`, `keys:URL` and `sendgrid:ID`; anything else is a URL or a path. */
function splitWord(word: string): readonly [kind: string, rest: string] {
  const [kind = "", rest] = word.split(/:(.*)/s, 2);
  if (!KINDS.includes(kind) || (rest === undefined && kind !== "sendgrid")) return ["", word];
  if (rest === "" || (rest === undefined && kind !== "sendgrid")) {
    throw new UsageError(`${kind}: names nothing.`, `Write ${kind}: and the name after it.`);
  }
  return [kind, rest ?? ""];
}

/** The sources of a configuration. Its paths start from its folder. */
export async function* sourcesOfConfig(
  { config, folder }: FoundConfig,
  invocation: Invocation,
  host: Io,
): Sources {
  const io = { ...host, cwd: folder };
  for (const [index, connection] of config.connections.entries()) {
    try {
      yield* ofConnection(connection, config, invocation, io);
    } catch (error) {
      io.signal.throwIfAborted();
      yield failing(connection, `connections[${index}]`, error);
    }
  }
}

/** A connection that cannot even be set up does not hide the others. */
function failing(connection: ConnectionConfig, place: string, error: unknown): WatchSource {
  const { name, owner, labels } = connection;
  const kind = connection.store === undefined ? "certificates" : "store";
  const id = `config:${name ?? place}`;
  const look = () => Promise.reject(error);
  return { name, owner, labels, kind, id, source: place, look };
}

async function* ofConnection(
  connection: ConnectionConfig,
  config: WatchConfig,
  invocation: Invocation,
  io: Io,
): Sources {
  const { name, owner, labels, expiringDays, entityIds } = connection;
  const details: SourceDetails = { name, owner, labels, expiringDays };
  const { metadata, files, environment, trustedKeys, store, published } = connection;
  const allowPrivateAddresses = connection.allowPrivateAddresses ?? io.allowPrivateAddresses;
  const trust = await trustOf(connection.trust === undefined ? [] : [connection.trust], io);
  const request = { allowPrivateAddresses };
  if (metadata !== undefined && isUrl(metadata)) {
    yield watchMetadata(metadata, { ...details, ...request, entityIds, trust });
  }
  const paths = files ?? (metadata === undefined || isUrl(metadata) ? undefined : metadata);
  if (paths !== undefined) yield filesAt(paths, io.cwd, { ...details, entityIds, trust });
  if (environment !== undefined) yield watchEnvironment(environment, io.env, details);
  if (trustedKeys !== undefined) yield trustedKeysAt(trustedKeys, io, { ...details, ...request });
  if (store !== undefined) {
    const pair = { ...details, published, journals: config.journals };
    yield* ofStores(await storesOf(store, invocation, io), pair, invocation, io);
  }
}

async function trustOf(paths: readonly string[], io: Io) {
  const certificates = await trustedCertificates(paths, io);
  return certificates.length === 0 ? undefined : { certificates };
}

function trustedKeysAt(
  place: string,
  io: Io,
  options: SourceDetails & { readonly allowPrivateAddresses?: boolean | undefined },
): WatchSource {
  if (isUrl(place)) return watchTrustedKeys(place, options);
  const { allowPrivateAddresses: _, ...details } = options;
  return filesAt(place, io.cwd, details);
}

type FilesOptions = Parameters<typeof watchFiles>[1];

/** A file or a folder; a pattern is expanded anew in each run. */
function filesAt(path: string, folder: string, options: FilesOptions): WatchSource {
  if (!/[*?[{]/.test(path)) return watchFiles(path, { ...options, folder });
  const list = async () => (await expandGlob(path, folder)).filter((found) => found !== path);
  return watchFiles({ pattern: path, list }, { ...options, folder });
}

interface StorePair extends SourceDetails {
  /** The identity provider's metadata. */
  readonly published?: string | undefined;
  readonly journals?: string | undefined;
}

async function* ofStores(
  { stores, names }: OpenStores,
  { published, journals, ...details }: StorePair,
  invocation: Invocation,
  io: Io,
): Sources {
  const rotations = await rotationsIn(journals, invocation, io);
  const places = metadataPlaces(invocation);
  for (const store of stores) {
    const place = published ?? places.get(store.integrationId);
    yield watchStore(store, {
      ...details,
      name: details.name ?? names.get(store.integrationId),
      rotations,
      ...(place !== undefined && { published: () => certificatesAt(place, invocation, io) }),
    });
  }
}

async function rotationsIn(
  journals: string | undefined,
  invocation: Invocation,
  io: Io,
): Promise<readonly RotationSummary[]> {
  const folder = journals === undefined ? journalFolder(invocation, io) : resolve(io.cwd, journals);
  return await rotationJournals(folder).list();
}

async function certificatesAt(place: string, invocation: Invocation, io: Io) {
  const source = await evidenceSource(place, invocation, io);
  const allowPrivateAddresses = io.allowPrivateAddresses === true;
  return (await readMetadata({ ...source, allowPrivateAddresses }, invocation, io)).certificates;
}

/** `--metadata ID=FILE|URL`. */
function metadataPlaces(invocation: Invocation): ReadonlyMap<string, string> {
  const pairs = invocation.values("metadata").map((text): [string, string] => {
    const cut = text.indexOf("=");
    if (cut > 0 && cut < text.length - 1) return [text.slice(0, cut), text.slice(cut + 1)];
    throw new UsageError("--metadata does not name an integration.", "Give ID=FILE or ID=URL.");
  });
  return new Map(pairs);
}
