import type { UntrustedMetadata } from "../../metadata/index.ts";
import type { VerifiedMetadata } from "../../signature/index.ts";
import type { Contents, Wanted } from "./contents.ts";

/** The origin of a document. */
export interface MetadataOrigin {
  /** The URL after redirects, or the file's path. */
  readonly from: string;
  readonly bytes: Uint8Array;
  /** False if the bytes are the same as in the read before. */
  readonly changed: boolean;
  /** Seconds for which the server's answer is fresh (`max-age`, `Expires`), if it says so. */
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

/** One version of a document, for a conditional request. */
export interface DocumentVersion {
  /** SHA-256 of the document in hex. */
  readonly sha256: string;
  readonly etag?: string | undefined;
  /** The header of the server's answer, or the time of the file. */
  readonly lastModified?: string | undefined;
}

export interface EntityRequest extends Wanted, ReadOptions {
  /** The version that the caller has already. */
  readonly known?: DocumentVersion | undefined;
}

/** One entity of a source's document. */
export interface EntityAnswer {
  /** The URL after redirects, or the file's path. */
  readonly from: string;
  readonly version: DocumentVersion;
  readonly maxAgeSeconds?: number | undefined;
  /** Absent if the document is still the known version. */
  readonly contents?: Contents | undefined;
}

/** The published metadata of an identity provider. */
export interface MetadataSource {
  read(options?: ReadOptions): Promise<MetadataDocument>;
  /** Parses, and with trust verifies, a copy of a document, such as a cached one. */
  check(bytes: Uint8Array, from: string): Promise<MetadataDocument>;
  /** Reads one entity of a document of any size, in bounded memory. */
  readEntity?(request: EntityRequest): Promise<EntityAnswer>;
  /** Reads one entity of a copy. */
  checkEntity?(chunks: AsyncIterable<Uint8Array>, wanted: Wanted): Promise<Contents>;
  /** Calls when the document may have changed. Returns a function that ends this. */
  watch?(changed: () => void): () => void;
}
