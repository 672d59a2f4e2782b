import type { Certificate } from "../certificates/types.ts";
import { readCertificate } from "../certificates/x509/certificate.ts";
import { durationSeconds } from "../metadata/elements/simple-types.ts";
import {
  acceptUnverified,
  type EntityDescriptor,
  type ReadEntity,
  type RoleType,
  signingCertificates,
  type Trust,
} from "../metadata/index.ts";
import { keysError } from "./error.ts";
import type { KeySummary } from "./report.ts";
import type { Contents } from "./source/contents.ts";
import type { MetadataDocument } from "./source/document.ts";

/** The keys to trust now, and the document that says so. */
export interface TrustedKeySet {
  readonly entityId: string;
  /** Never empty, in the order of the document. Read anew from `pems` when it is used. */
  readonly certificates: readonly Certificate[];
  /** The same certificates as PEM, for SAML libraries. */
  readonly pems: readonly string[];
  /** The URL or file that the document comes from. */
  readonly from: string;
  readonly signature: MetadataDocument["signature"];
  /** Unix seconds at which the document was last read. */
  readonly readAt: number;
  /** Unix seconds at which the document ceases to be valid. */
  readonly validUntil?: number | undefined;
}

/**
 * A trusted key in little memory: a service of 10,000 tenants holds as many. A parsed certificate takes
 * 5 KB, its PEM 1 KB.
 */
export interface HeldKey extends KeySummary {
  /** SHA-256 of the public key. */
  readonly spki: string;
  readonly pem: string;
}

export type KeySetOrigin = Pick<
  TrustedKeySet,
  "entityId" | "from" | "signature" | "readAt" | "validUntil"
>;

/** The public form of held keys. */
export function keySetOf(keys: readonly HeldKey[], origin: KeySetOrigin): TrustedKeySet {
  const pems = keys.map(({ pem }) => pem);
  let parsed: WeakRef<readonly Certificate[]> | undefined;
  return {
    ...origin,
    pems,
    get certificates() {
      const known = parsed?.deref();
      if (known !== undefined) return known;
      const read = pems.map(certificateOf);
      parsed = new WeakRef(read);
      return read;
    },
  };
}

function certificateOf(pem: string): Certificate {
  const base64 = pem.replace(/-----[^-]+-----/g, "");
  return readCertificate(Buffer.from(base64, "base64")).certificate;
}

export function heldKey({ fingerprint, subject, notAfter, publicKey, pem }: Certificate): HeldKey {
  return {
    sha256: flat(fingerprint.sha256),
    subject: flat(subject.text),
    notAfter: flat(notAfter.iso),
    spki: flat(publicKey.spkiSha256),
    pem: flat(pem),
  };
}

/**
 * The same text in one piece: V8 keeps a concatenated text as a tree of its parts, and a part of a text
 * together with the whole. This saves 3 KB per key.
 */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

export interface Wanted {
  readonly entityId: string;
  readonly role: RoleType;
}

/** The keys of a document, with the times that apply to them in unix seconds and seconds. */
export interface DocumentKeys {
  readonly certificates: readonly Certificate[];
  readonly validUntil?: number | undefined;
  readonly cacheDuration?: number | undefined;
  /** When the document was published, if it says so (mdrpi). */
  readonly publishedAt?: number | undefined;
  /** The document is of another entity. */
  readonly isOther: boolean;
}

type Times = Pick<EntityDescriptor, "validUntil" | "cacheDuration">;

function lowest(values: readonly (number | undefined)[]): number | undefined {
  const present = values.filter((value) => value !== undefined);
  return present.length === 0 ? undefined : Math.min(...present);
}

/** The wanted entity of a document: exactly one. */
function entityOf(
  { entities }: Contents,
  from: string,
  { entityId, role }: Wanted,
): ReadEntity<Trust> {
  const found = entities.filter((entity) => entity.entityId === entityId);
  const others = entities.filter(({ roles }) => roles?.some(({ type }) => type === role));
  const [entity] = found.length === 0 ? others : found;
  if (entity !== undefined && (found.length === 1 || others.length === 1)) return entity;
  throw keysError("trusted_keys.wrong_entity", { from, entityId, count: found.length });
}

/**
 * The keys of a document. Throws if it does not contain the entity, is no longer valid at `now`, or has
 * no key. It contains another entity only if the reader was told to keep any.
 */
export function documentKeys(
  contents: Contents,
  from: string,
  wanted: Wanted,
  now: number,
): DocumentKeys {
  const { entityId, role } = wanted;
  const entity = entityOf(contents, from, wanted);
  const roles = (entity.roles ?? []).filter(({ type }) => type === role);
  const times: readonly Times[] = [entity, entity.inherited ?? {}, ...roles];
  const validUntil = lowest(times.map((one) => one.validUntil?.unixSeconds));
  const durations = times.map(({ cacheDuration }) => durationSeconds(cacheDuration ?? ""));
  checkValid(validUntil, from, now);
  // A verified entity is accepted as well: the signature was checked where it was read.
  const certificates = signingCertificates(acceptUnverified(entity), role);
  if (certificates.length === 0) throw keysError("trusted_keys.no_keys", { entityId, role });
  return {
    certificates,
    validUntil,
    cacheDuration: lowest(durations),
    publishedAt: entity.extensions?.publicationInfo?.creationInstant?.unixSeconds,
    isOther: entity.entityId !== entityId,
  };
}

/** Throws for a document that must no longer be used. */
export function checkValid(validUntil: number | undefined, from: string, now: number): void {
  if (validUntil === undefined || validUntil > now) return;
  const until = new Date(validUntil * 1000).toISOString();
  throw keysError("trusted_keys.document_expired", { from, until });
}
