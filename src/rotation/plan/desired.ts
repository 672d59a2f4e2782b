import { type Certificate, certificateState } from "../../certificates/index.ts";
import { RotationError } from "../../core/errors.ts";
import type { Finding } from "../../core/finding.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import type { AcceptedEntity, EntityDescriptor, VerifiedEntity } from "../../metadata/index.ts";
import type { Trust } from "../../signature/index.ts";
import { type GuardCode, type GuardOverride, guards } from "./guards.ts";
import { identityProviderOf } from "./identity-provider.ts";

/** How the desired certificates are picked out of metadata. */
export interface DesiredOptions {
  readonly now: Instant;
  /** The identity provider's entityID. Needed where the document has several. */
  readonly entityId?: string | undefined;
  /** Whose signature has to cover the document; without it, an unsigned one is taken and said so. */
  readonly trust?: Trust | undefined;
  readonly overrides?: readonly GuardOverride[] | undefined;
}

/** What an identity provider signs with, now and next. */
export interface DesiredState {
  readonly certificates: readonly Certificate[];
  readonly entityId: string;
  /** Such as `okta`, where the entityID tells. */
  readonly identityProvider?: string | undefined;
  readonly verified: boolean;
  readonly findings: readonly Finding[];
}

/**
 * The desired certificates of a rotation, from identity-provider metadata. A document that has no
 * signing key, only expired ones, or another entity than the connection expects stops the run.
 *
 * Throws a `RotationError` with the guard's code, or `rotation.entity_ambiguous`; a `MetadataError`
 * for what cannot be read; a `SignatureError` where `trust` is given and not satisfied.
 *
 * @example
 * ```ts
 * import { createMetadataSource } from "samlcert/trusted-keys";
 * import { desiredFromMetadata } from "samlcert/rotation";
 *
 * export async function published(url: string, entityId: string) {
 *   const { bytes } = await createMetadataSource({ url }).read();
 *   const { certificates } = await desiredFromMetadata(bytes, { entityId, now: new Date() });
 *   return certificates;
 * }
 * ```
 */
export async function desiredFromMetadata(
  xml: string | Uint8Array,
  options: DesiredOptions,
): Promise<DesiredState> {
  // Only here, so that a rotation whose certificates are at hand does not load metadata.
  const { acceptUnverified, parseMetadata, signingCertificates } = await import(
    "../../metadata/index.ts"
  );
  const { trust, overrides = [] } = Object(options) as DesiredOptions;
  const now = unixSeconds(options?.now);
  const entities: readonly (VerifiedEntity | AcceptedEntity)[] = trust
    ? await verified(xml, trust, now)
    : parseMetadata(xml).entities.map(acceptUnverified);
  const entity = pick(entities, options);
  const certificates = signingCertificates(entity, "IDPSSODescriptor");
  if (certificates.length === 0) {
    stop("guard.nothing_desired", "The metadata has no signing key.", overrides);
  }
  const alive = certificates.some((one) => certificateState(one, now) !== "expired");
  if (certificates.length > 0 && !alive) {
    stop("guard.expired_successor", "The metadata has only expired signing keys.", overrides);
  }
  const { entityId } = entity;
  const identityProvider = identityProviderOf(entityId);
  return {
    certificates,
    entityId,
    ...(identityProvider !== undefined && { identityProvider }),
    verified: trust !== undefined,
    findings: trust ? [] : [unsigned],
  };
}

const unsigned: Finding = {
  code: "rotation.metadata_unverified",
  severity: "warning",
  message: "No signature of the metadata was verified: whoever can change it decides who signs in.",
  hint: "Give the certificate that the metadata is signed with as the trust anchor.",
};

async function verified(
  xml: string | Uint8Array,
  trust: Trust,
  now: number,
): Promise<readonly VerifiedEntity[]> {
  // Only here, so that nobody else pays for XML signatures.
  const { verifyMetadata } = await import("../../signature/index.ts");
  return verifyMetadata(xml, { trust, now }).entities;
}

function pick<T extends EntityDescriptor>(
  entities: readonly T[],
  { entityId, overrides = [] }: DesiredOptions,
): T {
  const candidates = entities.filter(({ roles }) =>
    roles?.some(({ type }) => type === "IDPSSODescriptor"),
  );
  const named = candidates.find((entity) => entity.entityId === entityId);
  if (named) return named;
  const [only, ...others] = candidates;
  if (!only) throw refused("guard.nothing_desired", "The metadata has no identity provider.");
  if (entityId !== undefined) {
    const found = others.length === 0 ? `"${only.entityId}"` : `${candidates.length} others`;
    stop("guard.other_entity", `The metadata describes ${found}, not "${entityId}".`, overrides);
  }
  if (others.length === 0) return only;
  throw new RotationError(
    "rotation.entity_ambiguous",
    `The metadata describes ${candidates.length} identity providers.`,
    { hint: "Say which one by its entityID." },
  );
}

function stop(code: GuardCode, message: string, overrides: readonly GuardOverride[]): void {
  if (!overrides.includes(guards[code].override)) throw refused(code, message);
}

function refused(code: GuardCode, message: string): RotationError {
  return new RotationError(code, message, { hint: guards[code].hint });
}
