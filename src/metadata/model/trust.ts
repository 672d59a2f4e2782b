import { isObject, need } from "../../core/argument.ts";
import { metadataUseCodes } from "../../core/codes/metadata/use.ts";
import { MetadataError } from "../../core/errors.ts";
import { errorOf } from "../../core/issue.ts";
import type { RegistrationInfo } from "./extension-types.ts";
import type { EntityDescriptor, MetadataTime } from "./types.ts";

/** Registered, so that entities of another copy of this package count too. */
const TRUST: unique symbol = Symbol.for("samlcert.trust");

/**
 * The trust in an entity. `verified`: a signature by a trust anchor covers it. `accepted`: the caller has
 * said that its origin is enough. `untrusted`: neither.
 */
export type Trust = "untrusted" | "accepted" | "verified";

/** The values that an entity inherits from its groups (metadata 2.3.1). */
export interface Inherited {
  /** The earliest `validUntil` of the entity and its groups. */
  readonly validUntil?: MetadataTime | undefined;
  /** The shortest `cacheDuration` of the entity and its groups. */
  readonly cacheDuration?: string | undefined;
  /** Names of the groups, from the outermost. */
  readonly groups?: readonly string[] | undefined;
  readonly registrationInfo?: RegistrationInfo | undefined;
}

/**
 * An entity that was read. The mark is not enumerable, so a copy or JSON has none and counts as
 * untrusted.
 */
export interface ReadEntity<T extends Trust> extends EntityDescriptor {
  readonly [TRUST]: T;
  /** Absent if the entity is in no group. */
  readonly inherited?: Inherited | undefined;
}

/** An entity of unsigned input, or of input whose signature was not verified. */
export type UntrustedEntity = ReadEntity<"untrusted">;
/** An entity whose origin the caller trusts. */
export type AcceptedEntity = ReadEntity<"accepted">;
/** An entity that a verified signature covers. */
export type VerifiedEntity = ReadEntity<"verified">;

/** Marks an entity. Only for code that knows its origin. */
export function markTrust<T extends Trust>(entity: EntityDescriptor, trust: T): ReadEntity<T> {
  return Object.defineProperty(entity, TRUST, { value: trust }) as ReadEntity<T>;
}

/** The trust in an entity; `untrusted` if it has no mark. */
export function trustOf(entity: EntityDescriptor): Trust {
  return (entity as Partial<ReadEntity<Trust>> | undefined)?.[TRUST] ?? "untrusted";
}

/**
 * Accepts an entity as it is, without a verified signature: for metadata from another trusted origin,
 * such as a file that an administrator put there, or metadata that you built yourself.
 *
 * @example
 * ```ts
 * import { acceptUnverified, parseMetadata, signingCertificates } from "samlcert/metadata";
 *
 * function keysOf(xml: string): readonly string[] {
 *   const [entity] = parseMetadata(xml).entities;
 *   if (entity === undefined) return [];
 *   return signingCertificates(acceptUnverified(entity)).map(({ pem }) => pem);
 * }
 * console.log(typeof keysOf);
 * ```
 */
export function acceptUnverified(entity: EntityDescriptor): AcceptedEntity {
  needEntity(entity);
  return markTrust({ ...entity }, "accepted");
}

/** Throws unless an entity is verified or accepted. */
export function requireTrust(entity: EntityDescriptor): void {
  needEntity(entity);
  if (trustOf(entity) !== "untrusted") return;
  throw errorOf(MetadataError, metadataUseCodes, { code: "metadata.untrusted" });
}

/** Throws a `TypeError` for anything but an entity. */
export function needEntity(entity: EntityDescriptor): void {
  // An entity without roles has no keys, so it is harmless.
  need(
    () => typeof entity === "object" && (entity.roles ?? []).every(isObject),
    "entity",
    "an entity from parseMetadata",
  );
}
