import { isObject, need } from "../../core/argument.ts";
import { MetadataError } from "../../core/errors.ts";
import type { RegistrationInfo } from "./extension-types.ts";
import type { EntityDescriptor, MetadataTime } from "./types.ts";

/** Registered, so that entities of another copy of this package are known too. */
const TRUST: unique symbol = Symbol.for("samlcert.trust") as never;

/**
 * How far what an entity says may be believed. `verified`: a signature by a trust anchor covers it.
 * `accepted`: the caller has said that its origin is enough. `untrusted`: neither.
 */
export type Trust = "untrusted" | "accepted" | "verified";

/** What an entity has from the groups around it (metadata 2.3.1). */
export interface Inherited {
  /** The earliest of all `validUntil` around it and its own. */
  readonly validUntil?: MetadataTime | undefined;
  /** The shortest of all `cacheDuration` around it and its own. */
  readonly cacheDuration?: string | undefined;
  /** Names of the groups, from the outermost. */
  readonly groups?: readonly string[] | undefined;
  readonly registrationInfo?: RegistrationInfo | undefined;
}

/**
 * An entity that was read. The mark is not enumerable: a copy, or JSON, has none and counts as
 * untrusted.
 */
export interface ReadEntity<T extends Trust> extends EntityDescriptor {
  readonly [TRUST]: T;
  /** Present only where a group around the entity says something. */
  readonly inherited?: Inherited | undefined;
}

/** An entity of unsigned input, or of input whose signature nobody has looked at. */
export type UntrustedEntity = ReadEntity<"untrusted">;
/** An entity whose origin the caller trusts. */
export type AcceptedEntity = ReadEntity<"accepted">;
/** An entity that a verified signature covers. */
export type VerifiedEntity = ReadEntity<"verified">;

/** Marks an entity. Only for code that knows where it comes from. */
export function markTrust<T extends Trust>(entity: EntityDescriptor, trust: T): ReadEntity<T> {
  return Object.defineProperty(entity, TRUST, { value: trust }) as ReadEntity<T>;
}

/** How far an entity may be believed. Anything without a mark is untrusted. */
export function trustOf(entity: EntityDescriptor): Trust {
  return (entity as Partial<ReadEntity<Trust>> | undefined)?.[TRUST] ?? "untrusted";
}

/**
 * Takes an entity as it is, without a verified signature: for metadata that came another trusted way,
 * such as from a file that an administrator put there, or built by yourself.
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
  throw new MetadataError(
    "metadata.untrusted",
    "The entity comes from metadata that nobody has verified.",
    {
      hint: "Verify the document with verifyMetadata, or take it as it is with acceptUnverified.",
    },
  );
}

function needEntity(entity: EntityDescriptor): void {
  // Without roles it says nothing, and so does no harm.
  need(
    () => typeof entity === "object" && (entity.roles ?? []).every(isObject),
    "entity",
    "an entity, as parseMetadata gives it",
  );
}
