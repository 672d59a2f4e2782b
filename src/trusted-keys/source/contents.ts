import { createHash } from "node:crypto";
import { once } from "node:events";
import { createGzip } from "node:zlib";
import type { ReadEntity, Trust } from "../../metadata/index.ts";
import { parseMetadata, readEntities } from "../../metadata/index.ts";
import type { TrustAnchors, VerifyOptions } from "../../signature/index.ts";
import type { MetadataDocument } from "./document.ts";

/** How a document is verified. */
export interface Verification {
  readonly trust?: TrustAnchors | undefined;
  readonly verify?: Omit<VerifyOptions, "trust" | "now"> | undefined;
  readonly clock?: (() => Date) | undefined;
}

/** The part of a document that is wanted. */
export interface Wanted {
  readonly entityId: string;
  /** Keeps every entity, for a document that may be of another entity. Default false. */
  readonly any?: boolean | undefined;
  /** Also compresses the document, for a cache. Default false. */
  readonly copy?: boolean | undefined;
  /** Reads the document although no trusted key has signed it. Default false. */
  readonly unverified?: boolean | undefined;
}

/** The wanted entities of a document. */
export interface Contents {
  readonly entities: readonly ReadEntity<Trust>[];
  readonly signature: MetadataDocument["signature"];
  /** SHA-256 of the document in hex. */
  readonly sha256: string;
  /** The document, compressed with gzip; absent if it is not wanted, or too large for a cache. */
  readonly copy?: Uint8Array | undefined;
}

/** The largest copy of a document for a cache, compressed: ten times the largest single entity. */
const MAX_COPY_BYTES = 8 * 1024 * 1024;

/** A document of one entity; read as a whole, it takes a third of the time that a stream takes. */
const SMALL_BYTES = 256 * 1024;

/** The start of a document, which has the root's signature if there is one. */
const HEAD_BYTES = 16 * 1024;

/** A signature is the first child of the root (metadata 2.3.1, 2.3.2). */
const SIGNED_ROOT =
  /^[^<]*(?:<[?!][^>]*>\s*)*<(?:[\w.-]+:)?Entit(?:y|ies)Descriptor\b[^>]*>\s*<(?:[\w.-]+:)?Signature[\s>]/;

/** Takes the digest and a compressed copy of chunks on their way. */
function newTap(wanted: Wanted) {
  const hash = createHash("sha256");
  const gzip = wanted.copy === true ? createGzip() : undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  gzip?.on("data", (part: Uint8Array) => {
    size += part.byteLength;
    if (size <= MAX_COPY_BYTES) parts.push(part);
  });
  return {
    async *through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        if (gzip?.write(chunk) === false) await once(gzip, "drain");
        yield chunk;
      }
    },
    async end(): Promise<Pick<Contents, "sha256" | "copy">> {
      const sha256 = hash.digest("hex");
      if (gzip === undefined) return { sha256 };
      gzip.end();
      await once(gzip, "end");
      return { sha256, copy: size <= MAX_COPY_BYTES ? Buffer.concat(parts) : undefined };
    },
  };
}

/** Reads the wanted entities of a document of any size from a stream, in bounded memory. */
export async function readContents(
  chunks: AsyncIterable<Uint8Array>,
  wanted: Wanted,
  verification: Verification,
): Promise<Contents> {
  const tap = newTap(wanted);
  const { trust } = verification;
  const isTrusted = trust !== undefined && wanted.unverified !== true;
  if (isTrusted) {
    const entities = await verified(tap.through(chunks), wanted, { ...verification, trust });
    return { entities, signature: "verified", ...(await tap.end()) };
  }
  const { head, rest } = await splitAfter(SMALL_BYTES, tap.through(chunks));
  const entities: ReadEntity<Trust>[] = [];
  let isSigned: boolean;
  if (rest === undefined) {
    const { entities: all, signed } = parseMetadata(head);
    entities.push(
      ...all.filter(({ entityId }) => wanted.any === true || entityId === wanted.entityId),
    );
    isSigned = signed;
  } else {
    for await (const entity of readEntities(joined(head, rest), selectionOf(wanted))) {
      entities.push(entity);
    }
    isSigned = SIGNED_ROOT.test(Buffer.from(head).toString("latin1", 0, HEAD_BYTES));
  }
  return { entities, signature: isSigned ? "unverified" : "unsigned", ...(await tap.end()) };
}

function selectionOf({ any, entityId }: Wanted) {
  return { select: any === true ? {} : { entityIds: [entityId] } };
}

/** The start of a stream, and what follows it; a short stream is read to its end. */
async function splitAfter(
  size: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly rest?: AsyncIterator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length <= size) {
    const { done, value } = await iterator.next();
    if (done === true)
      return { head: parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts) };
    parts.push(value);
    length += value.byteLength;
  }
  return { head: Buffer.concat(parts), rest: iterator };
}

/** The chunk that was read ahead, followed by the rest. */
export async function* joined(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (;;) {
      const { done, value } = await rest.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}

async function verified(
  source: AsyncIterable<Uint8Array>,
  wanted: Wanted,
  { trust, verify, clock }: Verification & { readonly trust: TrustAnchors },
): Promise<readonly ReadEntity<Trust>[]> {
  // Loaded on demand: only trust needs it.
  const { verifyEntities, verifyMetadata } = await import("../../signature/index.ts");
  const { secondOpinion, ...streamed } = verify ?? {};
  const now = clock?.() ?? new Date();
  if (secondOpinion !== true) {
    return await verifyEntities(source, { ...streamed, trust, now, ...selectionOf(wanted) });
  }
  // The second implementation reads whole documents only.
  const { entities } = verifyMetadata(await collect(source), { ...verify, trust, now });
  return entities.filter(({ entityId }) => wanted.any === true || entityId === wanted.entityId);
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Parses or verifies a whole document; each time, because an unchanged one expires too. */
export async function readWhole(
  bytes: Uint8Array,
  { trust, verify, clock }: Verification,
): Promise<Pick<MetadataDocument, "metadata" | "signature">> {
  if (trust === undefined) {
    const metadata = parseMetadata(bytes);
    return { metadata, signature: metadata.signed ? "unverified" : "unsigned" };
  }
  const { verifyMetadata } = await import("../../signature/index.ts");
  const metadata = verifyMetadata(bytes, { ...verify, trust, now: clock?.() ?? new Date() });
  return { metadata, signature: "verified" };
}
