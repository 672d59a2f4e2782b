import { readFile, stat } from "node:fs/promises";
import { parseMetadata, type UntrustedMetadata } from "../../metadata/index.ts";
import type { Fetch } from "../attempt.ts";
import { type Downloaded, download } from "./download.ts";
import { sourceError } from "./failures.ts";
import type { Lookup } from "./target.ts";

const MEBIBYTE = 1024 * 1024;

export interface MetadataSourceOptions {
  /** Where the identity provider publishes its metadata: https. One of `url` and `file`. */
  readonly url?: string | undefined;
  /** Path of a metadata file. */
  readonly file?: string | undefined;
  /**
   * Lets the URL lead to this machine and into private networks, also over http to this machine.
   * Default false: a URL that a customer typed in must not reach what only you can reach.
   */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** Default 32 MiB, decompressed. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds for the whole read, redirects included. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Default 3. Each is checked like the URL itself. */
  readonly maxRedirects?: number | undefined;
  /** PEM of a private authority that the server's TLS certificate is from. */
  readonly ca?: string | undefined;
  /** In place of the built-in reader. It resolves names itself, so that no address is pinned. */
  readonly fetch?: Fetch | undefined;
  /** In place of the system's resolver. */
  readonly lookup?: Lookup | undefined;
}

/** A document as it was last published. */
export interface MetadataDocument {
  /** Where it came from, after redirects, or the file's path. */
  readonly from: string;
  readonly bytes: Uint8Array;
  readonly metadata: UntrustedMetadata;
  /** False if it is the same as the time before. */
  readonly changed: boolean;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What an identity provider publishes. */
export interface MetadataSource {
  read(options?: ReadOptions): Promise<MetadataDocument>;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

async function readFileWithin(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= maxBytes) {
      const bytes = await readFile(path);
      // A file may grow between the two, and a device has no size.
      if (bytes.byteLength <= maxBytes) return bytes;
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw sourceError("provider.unreadable", `The metadata file cannot be read (${reason}).`, {
      hint: "Check the path, and who may read the file.",
    });
  }
  throw sourceError("provider.too_large", `The metadata file is larger than ${maxBytes} bytes.`);
}

/** Headers that let the server answer that nothing has changed (RFC 9110, 13.1). */
function conditions(last: Downloaded | undefined): Readonly<Record<string, string>> {
  return {
    accept: "application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    ...(last?.etag === undefined ? {} : { "if-none-match": last.etag }),
    ...(last?.lastModified === undefined ? {} : { "if-modified-since": last.lastModified }),
  };
}

function startUrl(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw sourceError("provider.base_url", "The metadata URL is not a URL.");
}

type ReadBytes = (
  last: (Downloaded & { readonly bytes: Uint8Array }) | undefined,
  signal: AbortSignal | undefined,
) => Promise<Downloaded>;

function readerOf(options: MetadataSourceOptions): ReadBytes {
  const { url, file, maxBytes = 32 * MEBIBYTE } = options;
  if ((url === undefined) === (file === undefined)) {
    throw sourceError("provider.argument", "A metadata source has a url or a file: one of them.");
  }
  if (file !== undefined) {
    return async () => ({ url: file, bytes: await readFileWithin(file, maxBytes) });
  }
  const start = startUrl(url ?? "");
  return (last, signal) =>
    download(start, {
      maxBytes,
      timeoutMs: options.timeoutMs ?? 30_000,
      maxRedirects: options.maxRedirects ?? 3,
      allowPrivateAddresses: options.allowPrivateAddresses ?? false,
      lookup: options.lookup,
      fetch: options.fetch,
      ca: options.ca,
      signal,
      headers: conditions(last),
    });
}

/**
 * What an identity provider publishes, at a URL or in a file. Asks again only for what has changed.
 * Throws a `ProviderError`, or a `MetadataError` if the document cannot be read.
 *
 * @example
 * ```ts
 * import { createMetadataSource } from "samlcert/metadata-url";
 *
 * const source = createMetadataSource({ url: "https://idp.example.com/metadata" });
 * const read = async () => {
 *   const { metadata, changed } = await source.read();
 *   if (changed) console.log(metadata.entities.map(({ entityId }) => entityId));
 * };
 * console.log(typeof read);
 * ```
 */
export function createMetadataSource(options: MetadataSourceOptions): MetadataSource {
  const readBytes = readerOf(options);
  let last: (Downloaded & MetadataDocument) | undefined;
  return {
    async read({ signal } = {}) {
      const before = last;
      const read = await readBytes(before, signal);
      const bytes = read.bytes ?? before?.bytes;
      if (bytes === undefined) {
        throw sourceError(
          "provider.unreadable",
          "The server says that nothing has changed, at first.",
        );
      }
      const changed = before === undefined || !equal(before.bytes, bytes);
      const metadata = changed ? parseMetadata(bytes) : before.metadata;
      // An answer that nothing has changed need not repeat what it was asked by (RFC 9110, 15.4.5).
      const validators = read.bytes === undefined ? before : read;
      last = { ...validators, url: read.url, from: read.url, bytes, metadata, changed };
      return { from: read.url, bytes, metadata, changed };
    },
  };
}
