import { equalBytes } from "../../core/bytes.ts";
import { checkOptions } from "../../core/options.ts";
import {
  acceptUnverified,
  checkQueryAnswer,
  metadataQueryUrl,
  type ReadEntity,
  type Trust,
} from "../../metadata/index.ts";
import { SIGNAL } from "../../providers/http/argument.ts";
import { collect, readContents, readWhole } from "./contents.ts";
import type {
  DocumentVersion,
  EntityAnswer,
  EntityRequest,
  MetadataDocument,
  MetadataSource,
  ReadOptions,
} from "./document.ts";
import { type Consume, type Downloaded, type DownloadOptions, download } from "./download.ts";
import { sourceError } from "./failures.ts";
import { readSettled, watchPath } from "./file.ts";
import { folderIndex } from "./folder.ts";
import { checkSource, type MetadataSourceOptions } from "./options.ts";

const MEBIBYTE = 1024 * 1024;

/** A file costs little to look at, and not every file system reports its changes. */
const FILE_AGE_SECONDS = 300;

/** A place that documents are read from. */
interface Place {
  /** Passes the document on, unless it is not modified since the known version. */
  stream(
    request: Pick<EntityRequest, "entityId" | "known" | "signal">,
    consume: Consume,
  ): Promise<Downloaded>;
  readonly watch?: ((changed: () => void) => () => void) | undefined;
}

function filePlace(
  pathOf: (entityId: string) => Promise<string>,
  maxBytes: number,
  watch: (changed: () => void) => () => void,
): Place {
  return {
    watch,
    async stream({ entityId }, consume) {
      const path = await pathOf(entityId);
      const { lastModified } = await readSettled(path, maxBytes, consume);
      return { url: path, lastModified, maxAgeSeconds: FILE_AGE_SECONDS };
    },
  };
}

function urlPlace(urlOf: (entityId: string) => string, options: DownloadOptions): Place {
  return {
    stream: ({ entityId, known, signal }, consume) =>
      download(new URL(urlOf(entityId)), known, { ...options, signal, consume }),
  };
}

function placeOf(options: MetadataSourceOptions): Place {
  const { url, file, folder, mdq, maxBytes = 32 * MEBIBYTE } = options;
  if (file !== undefined) {
    return filePlace(
      async () => file,
      maxBytes,
      (changed) => watchPath(file, false, changed),
    );
  }
  if (folder !== undefined) {
    const { fileOf, forget } = folderIndex(folder, maxBytes);
    const watch = (changed: () => void) =>
      watchPath(folder, true, () => {
        forget();
        changed();
      });
    return filePlace(fileOf, maxBytes, watch);
  }
  const { timeoutMs = 30_000, maxRedirects = 3, allowPrivateAddresses = false } = options;
  const { lookup, fetch, ca } = options;
  const fixed = { maxBytes, timeoutMs, maxRedirects, allowPrivateAddresses, lookup, fetch, ca };
  const start = url ?? mdq?.baseUrl ?? "";
  if (!URL.canParse(start)) throw sourceError("provider.metadata_url", { problem: "is not a URL" });
  if (mdq === undefined) return urlPlace(() => start, fixed);
  const { baseUrl, transform = "sha1" } = mdq;
  return urlPlace((entityId) => metadataQueryUrl(baseUrl, entityId, { transform }), fixed);
}

/** An answer of a query service is read whole, and never without its signature. */
const MDQ_WANTED = { any: true, unverified: false };

/** The answer must be of the entity that was asked for (draft-young-md-query-saml, 2 and 4). */
function checkAnswer(
  entities: readonly ReadEntity<Trust>[],
  entityId: string,
  { trust, clock }: MetadataSourceOptions,
): void {
  const now = clock?.() ?? new Date();
  // The signature was checked where it was read.
  const accepted = entities.map(acceptUnverified);
  checkQueryAnswer(accepted, { entityId, now, requireValidUntil: trust !== undefined });
}

/**
 * A source of identity providers' metadata: at a URL, in a file or folder, or at a metadata query
 * service. Requests after the first are conditional. `read` throws a `ProviderError`; a
 * `SignatureError` if trust is given and no trusted key has signed; a `MetadataError` if the document
 * is invalid.
 *
 * @example
 * ```ts
 * import { createMetadataSource } from "samlcert/trusted-keys";
 *
 * const source = createMetadataSource({ url: "https://idp.example.com/metadata" });
 * const read = async () => {
 *   const { metadata, signature, changed } = await source.read();
 *   if (changed) console.log(signature, metadata.entities.map(({ entityId }) => entityId));
 * };
 * console.log(typeof read);
 * ```
 */
export function createMetadataSource(options: MetadataSourceOptions): MetadataSource {
  const given = checkSource(options);
  const place = placeOf(given);
  const { entityId = "", mdq } = given;
  let kept: (MetadataDocument & { readonly version: Omit<DocumentVersion, "sha256"> }) | undefined;

  async function read(options: ReadOptions = {}): Promise<MetadataDocument> {
    checkOptions<ReadOptions>(options, { signal: SIGNAL }, "read");
    const before = kept;
    let bytes = before?.bytes ?? new Uint8Array();
    const request = { entityId, known: before && { sha256: "", ...before.version }, ...options };
    const answer = await place.stream(request, async (chunks) => {
      bytes = await collect(chunks);
    });
    const { url: from, maxAgeSeconds, etag, lastModified } = answer;
    const changed = before === undefined || !equalBytes(before.bytes, bytes);
    const origin = { from, bytes, changed, maxAgeSeconds };
    const document = { ...origin, ...(await readWhole(bytes, given)) } as MetadataDocument;
    if (mdq !== undefined) checkAnswer(document.metadata.entities, entityId, given);
    kept = { ...document, version: { etag, lastModified } };
    return document;
  }

  async function readEntity(request: EntityRequest): Promise<EntityAnswer> {
    const { known } = request;
    let contents: EntityAnswer["contents"];
    const answer = await place.stream(request, async (chunks) => {
      contents = await readContents(chunks, { ...request, ...(mdq && MDQ_WANTED) }, given);
      if (mdq !== undefined) checkAnswer(contents.entities, request.entityId, given);
    });
    const { url: from, maxAgeSeconds, etag, lastModified } = answer;
    const sha256 = contents?.sha256 ?? known?.sha256 ?? "";
    const isSame = sha256 === known?.sha256;
    const version = { sha256, etag, lastModified };
    return { from, version, maxAgeSeconds, contents: isSame ? undefined : contents };
  }

  return {
    read,
    check: async (bytes, from) =>
      ({ from, bytes, changed: true, ...(await readWhole(bytes, given)) }) as MetadataDocument,
    readEntity,
    checkEntity: (chunks, wanted) => readContents(chunks, wanted, given),
    ...(place.watch !== undefined && { watch: place.watch }),
  };
}
