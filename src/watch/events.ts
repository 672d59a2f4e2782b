import { createHash } from "node:crypto";
import { isoTime } from "../core/time.ts";
import { diffMetadata, type MetadataChange } from "../metadata/index.ts";
import type { Seen } from "./source.ts";
import { entityOf } from "./sources/snapshot.ts";
import type { ConnectionRecord, KeptCertificate } from "./state.ts";
import { connectionStates } from "./states.ts";
import type { WatchEvent, WatchEventType } from "./types.ts";

type Change = Omit<WatchEvent, "id" | "at">;

/** The changes between the last run and this one. `before` is undefined for a new connection. */
export function eventsBetween(
  id: string,
  before: ConnectionRecord | undefined,
  seen: Seen,
  now: number,
): readonly WatchEvent[] {
  if (before === undefined) return [];
  const changes = [
    ...readingChanges(before, seen),
    ...(seen.isFailed ? [] : [...metadataChanges(before, seen), ...keyChanges(before, seen)]),
    ...stateChanges(before, seen),
  ];
  return changes.map((change) => eventOf(id, change, now));
}

/** The event of a connection that its source no longer has. */
export function vanished(id: string, name: string, now: number): WatchEvent {
  return eventOf(id, { type: "vanished", message: `${name} is gone from its source.` }, now);
}

/** The event of a connection that its source did not have in the last run. */
export function appeared(id: string, name: string, now: number): WatchEvent {
  return eventOf(id, { type: "appeared", message: `${name} is new in its source.` }, now);
}

function eventOf(connection: string, change: Change, at: number): WatchEvent {
  const text = JSON.stringify([connection, change, at]);
  return { id: createHash("sha256").update(text).digest("hex").slice(0, 32), at, ...change };
}

const FAILED: Readonly<
  Record<string, readonly [failed: WatchEventType, restored: WatchEventType, WHAT: string]>
> = {
  unverified: ["verification_failed", "verification_restored", "The metadata is not accepted"],
  unreadable: ["read_failed", "read_restored", "The source has no certificate or metadata"],
  unreachable: ["read_failed", "read_restored", "The source does not answer"],
};

function readingChanges(before: ConnectionRecord, seen: Seen): readonly Change[] {
  if (before.state === seen.state) return [];
  const failed = FAILED[seen.state];
  if (failed !== undefined) {
    const reason = seen.errors?.[0]?.message;
    const message = reason === undefined ? `${failed[2]}.` : `${failed[2]}: ${reason}`;
    return [{ type: failed[0], message }];
  }
  const restored = FAILED[before.state];
  if (restored === undefined) return [];
  const from = isoTime(before.since);
  return [
    { type: restored[1], message: `The source is in order again; it was not since ${from}.` },
  ];
}

/** Any other change of the state. */
function stateChanges(before: ConnectionRecord, seen: Seen): readonly Change[] {
  const isTold = [before.state, seen.state].some((state) => state in FAILED);
  if (before.state === seen.state || isTold) return [];
  const { meaning } = connectionStates[seen.state];
  const change = { before: before.state, after: seen.state };
  return [{ type: "state_changed", message: `${meaning}.`, ...change }];
}

/** Keys by their fingerprints; a different certificate under the same identifier is a replacement. */
function keyChanges(before: ConnectionRecord, seen: Seen): readonly Change[] {
  if (before.certificates === undefined) return [];
  const [old, next] = [bySha256(before.certificates), bySha256(seen.certificates)];
  const added = [...next.values()].filter(({ sha256 = "" }) => !old.has(sha256));
  const gone = [...old.values()].filter(({ sha256 = "" }) => !next.has(sha256));
  const replaced = replacementOf(seen, added, gone);
  if (replaced !== undefined) return [replaced];
  return [
    ...added.map((one) => keyChange("key_published", one, "A new key was published")),
    ...gone.map((one) => keyChange("key_vanished", one, "A key vanished")),
  ];
}

/** One file, or one slot of a provider, has one certificate: another one there replaces it. */
function replacementOf(
  { entity }: Seen,
  [next, ...more]: readonly KeptCertificate[],
  [old, ...others]: readonly KeptCertificate[],
): Change | undefined {
  if (next === undefined || old === undefined || more.length + others.length > 0) return undefined;
  if (entity !== undefined) return undefined;
  return {
    ...keyChange("certificate_replaced", next, "The certificate was replaced"),
    ...{ before: old.sha256, after: next.sha256 },
  };
}

function keyChange(type: WatchEventType, one: KeptCertificate, what: string): Change {
  const { sha256, subject = "", notAfter } = one;
  const until = notAfter === undefined ? "" : `, valid until ${isoTime(notAfter).slice(0, 10)}`;
  return { type, message: `${what}: ${subject}${until}.`, ...(sha256 && { sha256 }) };
}

function bySha256(certificates: readonly KeptCertificate[]): ReadonlyMap<string, KeptCertificate> {
  return new Map(certificates.flatMap((one) => (one.sha256 ? [[one.sha256, one]] : [])));
}

const MAX_LENGTH = 200;

/** The changes of an entity besides its keys and its validity, which is renewed all the time. */
function metadataChanges(before: ConnectionRecord, { entity }: Seen): readonly Change[] {
  if (before.entity === undefined || entity === undefined || before.entity === entity) return [];
  const { changes } = diffMetadata(entityOf(before.entity), entityOf(entity));
  return changes.filter(({ path }) => !FORM.test(path)).map(changeOf);
}

const FORM = /^(?:validUntil|cacheDuration)\b|publicationInfo/;
const ENDPOINT = /Services?(?:\/|$)|additionalMetadataLocations/;

function changeOf({ path, kind, before, after }: MetadataChange): Change {
  const isEndpoint = ENDPOINT.test(path);
  const place = path.replace(/^\w+Descriptor(?:\[\d+\])?\//, "");
  const what = isEndpoint ? `An endpoint was ${kind}` : `The metadata changed (${kind})`;
  return {
    type: isEndpoint ? "endpoint_changed" : "metadata_changed",
    message: `${what}: ${place}.`,
    ...(before !== undefined && { before: before.slice(0, MAX_LENGTH) }),
    ...(after !== undefined && { after: after.slice(0, MAX_LENGTH) }),
  };
}
