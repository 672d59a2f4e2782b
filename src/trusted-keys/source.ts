import { createReadStream } from "node:fs";
import { equalBytes } from "../core/bytes.ts";
import type { Instant } from "../core/time.ts";
import { parseMetadata, type UntrustedMetadata } from "../metadata/index.ts";
import { needFunctions, needSignal } from "../providers/http/argument.ts";
import type { Fetch } from "../providers/http/attempt.ts";
import { notNegative, positive } from "../providers/http/numbers.ts";
import type { Trust, VerifiedMetadata, VerifyOptions } from "../signature/index.ts";
import { type Downloaded, download } from "./download.ts";
import { PROVIDER, sourceError } from "./failures.ts";
import type { Lookup } from "./target.ts";

const MEBIBYTE = 1024 * 1024;

export interface MetadataSourceOptions {
  /** Where the identity provider publishes its metadata: https. One of `url` and `file`. */
  readonly url?: string | undefined;
  /** Path of a metadata file. */
  readonly file?: string | undefined;
  /**
   * Who may have signed the document. Without it, nobody vouches for what is read but the server
   * that gave it, and the answer says so.
   */
  readonly trust?: Trust | undefined;
  /** How the signature is verified. */
  readonly verify?: Omit<VerifyOptions, "trust" | "now"> | undefined;
  /** The present, for the document's validity. Default: the clock. */
  readonly now?: (() => Instant) | undefined;
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

/** Where a document came from. */
export interface MetadataOrigin {
  /** The URL after redirects, or the file's path. */
  readonly from: string;
  readonly bytes: Uint8Array;
  /** False if it is the same as the time before. */
  readonly changed: boolean;
}

/**
 * A document as it was last published.
 *
 * - `verified`: a trusted key has signed it.
 * - `unverified`: it is signed, and no trust was given to check the signature by.
 * - `unsigned`: it has no signature.
 */
export type MetadataDocument =
  | (MetadataOrigin & { readonly signature: "verified"; readonly metadata: VerifiedMetadata })
  | (MetadataOrigin & {
      readonly signature: "unverified" | "unsigned";
      readonly metadata: UntrustedMetadata;
    });

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What an identity provider publishes. */
export interface MetadataSource {
  read(options?: ReadOptions): Promise<MetadataDocument>;
}

async function readFileWithin(path: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    // One byte more than is taken: a device has no size to look at first, and a file may grow.
    for await (const chunk of createReadStream(path, { end: maxBytes })) chunks.push(chunk);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw sourceError("provider.unreadable", `The metadata file cannot be read (${reason}).`, {
      hint: "Check the path, and who may read the file.",
    });
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.byteLength <= maxBytes) return bytes;
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
  if (typeof url === "string" && URL.canParse(url)) return new URL(url);
  throw sourceError("provider.base_url", "The metadata URL is not a URL.");
}

/** What is kept of the last document that could be read. */
type Kept = Downloaded & { readonly bytes: Uint8Array };

type ReadBytes = (last: Kept | undefined, signal: AbortSignal | undefined) => Promise<Downloaded>;

function readerOf(options: MetadataSourceOptions): ReadBytes {
  const { url, file, lookup, fetch, now, ...limits } = Object(options) as MetadataSourceOptions;
  needFunctions({ lookup, fetch, now });
  const maxBytes = positive("maxBytes", limits.maxBytes ?? 32 * MEBIBYTE, PROVIDER);
  const timeoutMs = positive("timeoutMs", limits.timeoutMs ?? 30_000, PROVIDER);
  const maxRedirects = notNegative("maxRedirects", limits.maxRedirects ?? 3, PROVIDER);
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
      timeoutMs,
      maxRedirects,
      allowPrivateAddresses: limits.allowPrivateAddresses ?? false,
      lookup,
      fetch,
      ca: limits.ca,
      signal,
      headers: conditions(last),
    });
}

/** Reads a document; verifies it each time, because its validity runs out while it stays the same. */
async function readDocument(
  origin: MetadataOrigin,
  { trust, verify, now }: MetadataSourceOptions,
): Promise<MetadataDocument> {
  if (trust === undefined) {
    const metadata = parseMetadata(origin.bytes);
    return { ...origin, metadata, signature: metadata.signed ? "unverified" : "unsigned" };
  }
  // Loaded only where it is needed: it brings xml-crypto.
  const { verifyMetadata } = await import("../signature/index.ts");
  const metadata = verifyMetadata(origin.bytes, { ...verify, trust, now: now?.() ?? new Date() });
  return { ...origin, metadata, signature: "verified" };
}

/**
 * What an identity provider publishes, at a URL or in a file. Asks again only for what has changed.
 * Throws a `ProviderError`; a `SignatureError` if trust is given and no trusted key has signed; a
 * `MetadataError` if the document cannot be read.
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
  const readBytes = readerOf(options);
  let last: Kept | undefined;
  return {
    async read(given) {
      const { signal } = Object(given) as ReadOptions;
      needSignal(signal);
      const before = last;
      const read = await readBytes(before, signal);
      const bytes = read.bytes ?? before?.bytes;
      if (bytes === undefined) {
        const message = "The server says that nothing has changed, at first.";
        throw sourceError("provider.unreadable", message);
      }
      const changed = before === undefined || !equalBytes(before.bytes, bytes);
      const document = await readDocument({ from: read.url, bytes, changed }, options);
      // An answer that nothing has changed need not repeat what it was asked by (RFC 9110, 15.4.5).
      const { etag, lastModified } = (read.bytes === undefined ? before : undefined) ?? read;
      last = { url: read.url, bytes, etag, lastModified };
      return document;
    },
  };
}
