import { isText, need } from "../../core/argument.ts";
import {
  BOOLEAN,
  checkOptions,
  FUNCTION,
  LIST,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../../core/options.ts";
import { LIMIT } from "../../providers/http/argument.ts";
import type { Fetch } from "../../providers/http/attempt.ts";
import { type DownloadOptions, download } from "../../trusted-keys/source/download.ts";
import { sourceError } from "../../trusted-keys/source/failures.ts";
import type { Lookup } from "../../trusted-keys/source/target.ts";
import { DETAILS, type Seen, type SourceDetails, type WatchSource } from "../source.ts";
import { type DocumentOptions, idOf, seenInDocument } from "./document.ts";

/** Permissions and limits of a request; the defaults are those of `createMetadataSource`. */
export interface RequestOptions {
  readonly allowPrivateAddresses?: boolean | undefined;
  readonly maxBytes?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly ca?: string | undefined;
  readonly fetch?: Fetch | undefined;
  readonly lookup?: Lookup | undefined;
}

/** Options of `watchMetadata`. */
export interface WatchMetadataOptions extends SourceDetails, DocumentOptions, RequestOptions {}

export const REQUEST_KINDS: OptionKinds<RequestOptions> = {
  allowPrivateAddresses: BOOLEAN,
  maxBytes: LIMIT,
  timeoutMs: LIMIT,
  ca: TEXT,
  fetch: FUNCTION,
  lookup: FUNCTION,
};

const OPTIONS: OptionKinds<WatchMetadataOptions> = {
  ...DETAILS,
  ...REQUEST_KINDS,
  entityIds: LIST,
  trust: OBJECT,
};

/** Twice the largest aggregate that is known. */
const MAX_BYTES = 256 * 1024 * 1024;

/** The limits of a download, with the defaults. */
export function requestOf(
  { maxBytes = MAX_BYTES, timeoutMs = 30_000, ...rest }: RequestOptions,
  signal: AbortSignal | undefined,
): DownloadOptions {
  const { allowPrivateAddresses = false, ca, fetch, lookup } = rest;
  return {
    ...{ maxBytes, timeoutMs, maxRedirects: 3 },
    ...{ allowPrivateAddresses, ca, fetch, lookup, signal },
  };
}

/**
 * The metadata at a URL, of one entity or of all entities of an aggregate, as a source of `watch`.
 *
 * @example
 * ```ts
 * import { watch, watchMetadata } from "samlcert/watch";
 *
 * export async function report(urls: readonly string[]) {
 *   const sources = urls.map((url) => watchMetadata(url, { owner: "identity team" }));
 *   for await (const { name, state, daysLeft } of watch(sources, { now: new Date() })) {
 *     console.log(name, state, daysLeft);
 *   }
 * }
 * ```
 */
export function watchMetadata(url: string, options: WatchMetadataOptions = {}): WatchSource {
  need(() => isText(url), "url", "the URL of metadata");
  checkOptions(options, OPTIONS, "watchMetadata");
  const { name, owner, labels, expiringDays, entityIds, trust, ...request } = Object(
    options,
  ) as WatchMetadataOptions;
  const source = shownUrl(url);
  const id = `metadata:${source}`;
  return {
    ...{ name, owner, labels, expiringDays },
    kind: "metadata",
    id,
    source,
    ...(entityIds && { ids: entityIds.map((entityId) => idOf(id, entityId)) }),
    async look(context) {
      if (!URL.canParse(url)) {
        throw sourceError("provider.metadata_url", { problem: "is not a URL" });
      }
      let seen: readonly Seen[] = [];
      await download(new URL(url), undefined, {
        ...requestOf(request, context.signal),
        consume: async (chunks) => {
          seen = await seenInDocument(id, chunks, { entityIds, trust }, context);
        },
      });
      return seen;
    },
  };
}

/** Parameters of a query that may be a secret. */
const SECRET = /token|key|secret|sig|pass|auth|code/i;

/** A URL without its password and the values of parameters that may be secrets. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.hash = "";
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET.test(name)) url.searchParams.set(name, "redacted");
  }
  return url.href;
}
