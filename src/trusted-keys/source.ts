import { createReadStream } from "node:fs";
import { need } from "../core/argument.ts";
import { equalBytes } from "../core/bytes.ts";
import {
  AMOUNT,
  BOOLEAN,
  checkOptions,
  FUNCTION,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../core/options.ts";
import { parseMetadata, type UntrustedMetadata } from "../metadata/index.ts";
import { LIMIT, SIGNAL } from "../providers/http/argument.ts";
import type { Fetch } from "../providers/http/attempt.ts";
import type { TrustAnchors, VerifiedMetadata, VerifyOptions } from "../signature/index.ts";
import { type Downloaded, download } from "./download.ts";
import { sourceError } from "./failures.ts";
import type { Lookup } from "./target.ts";

const MEBIBYTE = 1024 * 1024;

export interface MetadataSourceOptions {
  /** The https URL of the metadata. Either `url` or `file`. */
  readonly url?: string | undefined;
  /** Path of a metadata file. */
  readonly file?: string | undefined;
  /**
   * The certificates and keys that may have signed the document. Without it, the document is only as
   * trustworthy as its server, and the result says so.
   */
  readonly trust?: TrustAnchors | undefined;
  /** How the signature is verified. */
  readonly verify?: Omit<VerifyOptions, "trust" | "now"> | undefined;
  /** The present, for the document's validity. Default: the clock of this machine. */
  readonly clock?: (() => Date) | undefined;
  /**
   * Permits URLs of this machine and of private networks, also http to this machine. Default false:
   * a URL from a customer must not reach your internal servers.
   */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** The size limit of the document, decompressed. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds for the whole read, redirects included. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Default 3. Each is checked like the URL itself. */
  readonly maxRedirects?: number | undefined;
  /** PEM of the private certification authority of the server's TLS certificate. */
  readonly ca?: string | undefined;
  /** Used instead of the built-in client. It resolves names itself, so no address is pinned. */
  readonly fetch?: Fetch | undefined;
  /** Used instead of the system's resolver. */
  readonly lookup?: Lookup | undefined;
}

const KINDS: OptionKinds<MetadataSourceOptions> = {
  url: TEXT,
  file: TEXT,
  trust: OBJECT,
  verify: OBJECT,
  clock: FUNCTION,
  allowPrivateAddresses: BOOLEAN,
  maxBytes: LIMIT,
  timeoutMs: LIMIT,
  maxRedirects: AMOUNT,
  ca: TEXT,
  fetch: FUNCTION,
  lookup: FUNCTION,
};

/** The origin of a document. */
export interface MetadataOrigin {
  /** The URL after redirects, or the file's path. */
  readonly from: string;
  readonly bytes: Uint8Array;
  /** False if the bytes are the same as in the read before. */
  readonly changed: boolean;
  /** The `max-age` of the server's answer, if it is above 0. */
  readonly maxAgeSeconds?: number | undefined;
}

/**
 * The current document.
 *
 * - `verified`: it is signed by a trusted key.
 * - `unverified`: it is signed, but no trust was given.
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

/** The published metadata of an identity provider. */
export interface MetadataSource {
  read(options?: ReadOptions): Promise<MetadataDocument>;
  /** Parses, and with trust verifies, a copy of a document, such as a cached one. */
  check(bytes: Uint8Array, from: string): Promise<MetadataDocument>;
}

async function readFileWithin(path: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    // One byte more than the limit: a device has no size, and a file may grow.
    for await (const chunk of createReadStream(path, { end: maxBytes })) chunks.push(chunk);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw sourceError("provider.metadata_file", { problem: `cannot be read (${reason})` });
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.byteLength <= maxBytes) return bytes;
  throw sourceError("provider.metadata_file", { problem: `is larger than ${maxBytes} bytes` });
}

function startUrl(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw sourceError("provider.metadata_url", { problem: "is not a URL" });
}

type ReadBytes = (
  kept: Downloaded | undefined,
  signal: AbortSignal | undefined,
) => Promise<Downloaded>;

function readerOf(options: MetadataSourceOptions): ReadBytes {
  checkOptions(options, KINDS, "createMetadataSource");
  const { url, file, maxBytes = 32 * MEBIBYTE, ...rest } = Object(options) as typeof options;
  need(() => (url === undefined) !== (file === undefined), "options", "an object with url or file");
  if (file !== undefined) {
    return async () => ({ url: file, bytes: await readFileWithin(file, maxBytes) });
  }
  const start = startUrl(url ?? "");
  const { timeoutMs = 30_000, maxRedirects = 3, allowPrivateAddresses = false } = rest;
  const { lookup, fetch, ca } = rest;
  const fixed = { maxBytes, timeoutMs, maxRedirects, allowPrivateAddresses, lookup, fetch, ca };
  return (kept, signal) => download(start, kept, { ...fixed, signal });
}

/** Parses or verifies a document; each time, because an unchanged one expires too. */
async function readDocument(
  origin: MetadataOrigin,
  { trust, verify, clock }: MetadataSourceOptions,
): Promise<MetadataDocument> {
  if (trust === undefined) {
    const metadata = parseMetadata(origin.bytes);
    return { ...origin, metadata, signature: metadata.signed ? "unverified" : "unsigned" };
  }
  // Loaded on demand: only trust needs it.
  const { verifyMetadata } = await import("../signature/index.ts");
  const metadata = verifyMetadata(origin.bytes, { ...verify, trust, now: clock?.() ?? new Date() });
  return { ...origin, metadata, signature: "verified" };
}

/**
 * A source of an identity provider's metadata, at a URL or in a file. Requests after the first are
 * conditional. `read` throws a `ProviderError`; a `SignatureError` if trust is given and no trusted
 * key has signed; a `MetadataError` if the document is invalid.
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
  let kept: Downloaded | undefined;
  return {
    async read(given) {
      checkOptions<ReadOptions>(given, { signal: SIGNAL }, "read");
      const { signal } = Object(given) as ReadOptions;
      const before = kept;
      const read = await readBytes(before, signal);
      const changed = before === undefined || !equalBytes(before.bytes, read.bytes);
      const { url: from, bytes, maxAgeSeconds } = read;
      const document = await readDocument({ from, bytes, changed, maxAgeSeconds }, options);
      kept = read;
      return document;
    },
    check: (bytes, from) => readDocument({ from, bytes, changed: true }, options),
  };
}
