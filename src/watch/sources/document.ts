import { parseMetadata, type ReadEntity, readEntities, type Trust } from "../../metadata/index.ts";
import type { TrustAnchors } from "../../signature/index.ts";
import type { LookContext, Seen } from "../source.ts";
import { errorOfCode } from "../told.ts";
import { seenEntity } from "./entity.ts";

/** The part of a document that is watched. */
export interface DocumentOptions {
  /** Only these entities. Default: all. */
  readonly entityIds?: readonly string[] | undefined;
  /** The certificates and keys that must have signed the document. */
  readonly trust?: TrustAnchors | undefined;
}

/**
 * The connections of a metadata document: itself, if it is of one entity; itself and each of its
 * entities, if it is an aggregate; the named entities, if some are named. Reads it as a stream. Throws a
 * `MetadataError` or a `SignatureError`.
 */
export async function seenInDocument(
  id: string,
  chunks: AsyncIterable<Uint8Array>,
  { entityIds, trust }: DocumentOptions,
  context: LookContext,
): Promise<readonly Seen[]> {
  const found: Seen[] = [];
  const wanted = new Set(entityIds);
  const select = entityIds === undefined ? {} : { entityIds };
  let isAggregate = false;
  for await (const entity of entitiesOf(chunks, select, trust, context)) {
    const isOne = entityIds === undefined && entity.inherited === undefined && found.length === 0;
    isAggregate ||= !isOne;
    wanted.delete(entity.entityId);
    found.push(seenEntity(isOne ? id : idOf(id, entity.entityId), entity, context));
  }
  if (entityIds !== undefined) return [...found, ...[...wanted].map((one) => missing(id, one))];
  if (!isAggregate && found.length > 0) return found;
  return [{ id, kind: "metadata", state: "active", certificates: [] }, ...found];
}

/** The id of an entity of an aggregate. */
export function idOf(id: string, entityId: string): string {
  return `${id}#${entityId}`;
}

function missing(id: string, entityId: string): Seen {
  const errors = [errorOfCode("watch.entity_missing", { entityId })];
  const name = { id: idOf(id, entityId), entityId, name: entityId };
  return { ...name, kind: "metadata", state: "unreadable", certificates: [], errors };
}

async function* entitiesOf(
  chunks: AsyncIterable<Uint8Array>,
  select: { readonly entityIds?: readonly string[] },
  trust: TrustAnchors | undefined,
  { now }: LookContext,
): AsyncGenerator<ReadEntity<Trust>> {
  if (trust === undefined) {
    yield* unverified(chunks, select);
    return;
  }
  // Loaded on demand: only trust needs it.
  const { verifyEntities } = await import("../../signature/index.ts");
  yield* await verifyEntities(chunks, { select, trust, now });
}

/** A document of one entity; read as a whole, it takes a third of the time that a stream takes. */
const SMALL_BYTES = 256 * 1024;

async function* unverified(
  chunks: AsyncIterable<Uint8Array>,
  select: { readonly entityIds?: readonly string[] },
): AsyncGenerator<ReadEntity<Trust>> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size <= SMALL_BYTES) {
    const { done, value } = await iterator.next();
    if (done === true) {
      const wanted = select.entityIds;
      const { entities } = parseMetadata(Buffer.concat(parts));
      yield* entities.filter(({ entityId }) => wanted?.includes(entityId) ?? true);
      return;
    }
    parts.push(value);
    size += value.byteLength;
  }
  const rest = { [Symbol.asyncIterator]: () => iterator };
  yield* readEntities(joined(parts, rest), { select });
}

async function* joined(
  parts: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* parts;
  yield* rest;
}
