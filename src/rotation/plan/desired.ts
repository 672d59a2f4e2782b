import { type Certificate, certificateState } from "../../certificates/index.ts";
import type { Values } from "../../core/codes/code.ts";
import { rotationCodes } from "../../core/codes/rotation.ts";
import type { Finding } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";
import { checkOptions, INSTANT, LIST, OBJECT, type OptionKinds, TEXT } from "../../core/options.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import type { AcceptedEntity, EntityDescriptor, VerifiedEntity } from "../../metadata/index.ts";
import type { TrustAnchors } from "../../signature/index.ts";
import { rotationError } from "../error.ts";
import { type GuardCode, type GuardOverride, guardOverrides } from "./guards.ts";
import { identityProviderOf } from "./identity-provider.ts";

/** Options of `desiredFromMetadata`. */
export interface DesiredOptions {
  readonly now: Instant;
  /** The identity provider's entityID. Needed if the document describes several. */
  readonly entityId?: string | undefined;
  /** The keys that may have signed the document; without them, an unsigned one is a finding. */
  readonly trust?: TrustAnchors | undefined;
  readonly overrides?: readonly GuardOverride[] | undefined;
}

const OPTIONS: OptionKinds<DesiredOptions> = {
  now: INSTANT,
  entityId: TEXT,
  trust: OBJECT,
  overrides: LIST,
};

/** The certificates that an identity provider signs with, now and next. */
export interface DesiredState {
  readonly certificates: readonly Certificate[];
  readonly entityId: string;
  /** The product that the entityID belongs to, such as `okta`; absent if it is unknown. */
  readonly identityProvider?: string | undefined;
  readonly verified: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Reads the desired certificates of a rotation from identity provider metadata. Refuses a document
 * without a signing key, with expired keys only, or of another entity than the connection expects.
 *
 * Throws a `RotationError` with the guard's code, `rotation.no_identity_provider` or
 * `rotation.entity_ambiguous`; a `MetadataError` if the document cannot be read; a `SignatureError`
 * if no trusted key has signed it.
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
  checkOptions(options, OPTIONS, "desiredFromMetadata");
  // Imported here, so that a rotation from certificates does not load metadata.
  const { acceptUnverified, parseMetadata, signingCertificates, signingKeyFindings } = await import(
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
    const detail = "the metadata contains no signing certificate";
    stop("guard.nothing_desired", { detail }, overrides);
  }
  const alive = certificates.some((one) => certificateState(one, now) !== "expired");
  if (certificates.length > 0 && !alive) stop("guard.expired_successor", {}, overrides);
  const { entityId } = entity;
  const identityProvider = identityProviderOf(entityId);
  return {
    certificates,
    entityId,
    ...(identityProvider !== undefined && { identityProvider }),
    verified: trust !== undefined,
    findings: [...(trust ? [] : [unsigned]), ...signingKeyFindings(entity, "IDPSSODescriptor")],
  };
}

const unsigned: Finding = findingOf(rotationCodes, { code: "rotation.metadata_unverified" });

async function verified(
  xml: string | Uint8Array,
  trust: TrustAnchors,
  now: number,
): Promise<readonly VerifiedEntity[]> {
  // Imported here, so that an unsigned document does not load XML signatures.
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
  if (!only) throw rotationError("rotation.no_identity_provider");
  if (entityId !== undefined) {
    const count = `${candidates.length} identity providers`;
    const found = others.length === 0 ? `"${only.entityId}"` : count;
    stop("guard.other_entity", { found, expected: entityId }, overrides);
  }
  if (others.length === 0) return only;
  throw rotationError("rotation.entity_ambiguous", { count: candidates.length });
}

function stop(code: GuardCode, values: Values, overrides: readonly GuardOverride[]): void {
  if (!overrides.includes(guardOverrides[code])) throw rotationError(code, values);
}
