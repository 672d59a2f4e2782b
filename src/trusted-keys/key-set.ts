import type { Certificate } from "../certificates/types.ts";
import { durationSeconds } from "../metadata/elements/simple-types.ts";
import {
  acceptUnverified,
  type EntityDescriptor,
  type RoleType,
  signingCertificates,
} from "../metadata/index.ts";
import { keysError } from "./error.ts";
import type { MetadataDocument } from "./source.ts";

/** The keys to trust now, and the document that says so. */
export interface TrustedKeySet {
  readonly entityId: string;
  /** Never empty, in the order of the document. */
  readonly certificates: readonly Certificate[];
  /** The URL or file that the document comes from. */
  readonly from: string;
  readonly signature: MetadataDocument["signature"];
  /** Unix seconds at which the document was last read. */
  readonly readAt: number;
  /** Unix seconds at which the document ceases to be valid. */
  readonly validUntil?: number | undefined;
}

/** A key set with what the schedule and the cache need of its document. */
export interface LoadedKeys {
  readonly keys: TrustedKeySet;
  readonly cacheDuration?: number | undefined;
  readonly maxAge?: number | undefined;
  readonly bytes: Uint8Array;
}

export interface Wanted {
  readonly entityId: string;
  readonly role: RoleType;
}

type Times = Pick<EntityDescriptor, "validUntil" | "cacheDuration">;

/** The tightest of the times that apply to the entity's role, in seconds. */
function tightest(times: readonly Times[]) {
  const until = times.map(({ validUntil }) => validUntil?.unixSeconds);
  const durations = times.map(({ cacheDuration }) => durationSeconds(cacheDuration ?? ""));
  return { validUntil: lowest(until), cacheDuration: lowest(durations) };
}

function lowest(values: readonly (number | undefined)[]): number | undefined {
  const present = values.filter((value) => value !== undefined);
  return present.length === 0 ? undefined : Math.min(...present);
}

/** The wanted entity of a document: exactly one. */
function entityOf({ metadata, from }: MetadataDocument, { entityId }: Wanted) {
  const found = [...metadata.entities].filter((entity) => entity.entityId === entityId);
  const [entity] = found;
  if (entity !== undefined && found.length === 1) return entity;
  throw keysError("trusted_keys.wrong_entity", { from, entityId, count: found.length });
}

/**
 * The keys of a document that was read at `readAt`. Throws if it does not contain the entity, is no
 * longer valid at `now`, or has no key.
 */
export function loadKeys(
  document: MetadataDocument,
  wanted: Wanted,
  { now, readAt }: { readonly now: number; readonly readAt: number },
): LoadedKeys {
  const { entityId, role } = wanted;
  const { from, signature, bytes, maxAgeSeconds: maxAge } = document;
  const entity = entityOf(document, wanted);
  const roles = (entity.roles ?? []).filter(({ type }) => type === role);
  const { validUntil, cacheDuration } = tightest([entity, entity.inherited ?? {}, ...roles]);
  if (validUntil !== undefined && validUntil <= now) {
    const until = new Date(validUntil * 1000).toISOString();
    throw keysError("trusted_keys.document_expired", { from, until });
  }
  // A verified entity is accepted as well: the signature was checked where it was read.
  const certificates = signingCertificates(acceptUnverified(entity), role);
  if (certificates.length === 0) throw keysError("trusted_keys.no_keys", { entityId, role });
  const keys = { entityId, certificates, from, signature, readAt, validUntil };
  return { keys, cacheDuration, maxAge, bytes };
}
