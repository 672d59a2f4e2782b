import type { Certificate } from "../../certificates/types.ts";
import { type AcceptedEntity, requireTrust, type VerifiedEntity } from "./trust.ts";
import type { KeyUse, RoleType } from "./types.ts";

/**
 * The certificates that a role may sign with, each once, in the order of the document; of every role,
 * if none is named. A key without `use` serves both purposes (metadata erratum E62).
 *
 * Only of an entity that was verified, or accepted as it is: throws `metadata.untrusted` otherwise.
 * A certificate that has expired is among them: in metadata it is but the key that counts (Metadata
 * IOP, 2.6.1).
 *
 * @example
 * ```ts
 * import { acceptUnverified, type EntityDescriptor, signingCertificates } from "samlcert/metadata";
 *
 * function fingerprints(entity: EntityDescriptor): readonly string[] {
 *   const certificates = signingCertificates(acceptUnverified(entity), "IDPSSODescriptor");
 *   return certificates.map(({ fingerprint }) => fingerprint.sha256);
 * }
 * console.log(typeof fingerprints);
 * ```
 */
export function signingCertificates(
  entity: VerifiedEntity | AcceptedEntity,
  role?: RoleType,
): readonly Certificate[] {
  return certificatesFor(entity, "signing", role);
}

/**
 * The certificates whose keys messages to a role may be encrypted to; see `signingCertificates`.
 *
 * @example
 * ```ts
 * import { acceptUnverified, encryptionCertificates, type EntityDescriptor } from "samlcert/metadata";
 *
 * function keysOf(entity: EntityDescriptor): number {
 *   return encryptionCertificates(acceptUnverified(entity), "SPSSODescriptor").length;
 * }
 * console.log(typeof keysOf);
 * ```
 */
export function encryptionCertificates(
  entity: VerifiedEntity | AcceptedEntity,
  role?: RoleType,
): readonly Certificate[] {
  return certificatesFor(entity, "encryption", role);
}

function certificatesFor(
  entity: VerifiedEntity | AcceptedEntity,
  use: KeyUse,
  wanted: RoleType | undefined,
): readonly Certificate[] {
  requireTrust(entity);
  const found = (entity.roles ?? [])
    .filter(({ type }) => wanted === undefined || type === wanted)
    .flatMap(({ keyDescriptors }) => keyDescriptors ?? [])
    .filter((key) => key.use === undefined || key.use === use)
    .flatMap(({ keyInfo }) => keyInfo?.certificates ?? []);
  return [...new Map(found.map((one) => [one.fingerprint.sha256, one])).values()];
}
