import type { Certificate } from "../../certificates/types.ts";
import { metadataUseCodes } from "../../core/codes/metadata/use.ts";
import { MetadataError } from "../../core/errors.ts";
import { errorOf } from "../../core/issue.ts";
import { quoted } from "../../core/quote.ts";
import { type AcceptedEntity, requireTrust, type VerifiedEntity } from "./trust.ts";
import type { EntityDescriptor, KeyInfo, KeyUse, RoleType } from "./types.ts";

/**
 * The certificates that a role may sign with, each once, in the order of the document; of every role,
 * if none is named. A key without `use` serves both purposes (metadata erratum E62). Of a chain in one
 * `<ds:X509Data>` only the end entity counts (XML Signature 4.4.4).
 *
 * Only for an entity that was verified, or accepted as it is: throws `metadata.untrusted` otherwise.
 * Throws `metadata.no_usable_key` if there are certificates for this use and none can be read; those
 * that cannot be read are in `keyInfo.unreadableCertificates`, and `validateMetadata` says why.
 * An expired certificate is included: in metadata only the key counts (Metadata IOP, 2.6.1).
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
  role: RoleType | undefined,
): readonly Certificate[] {
  requireTrust(entity);
  const keyInfos = keyInfosFor(entity, use, role);
  const found = keyInfos.flatMap(({ certificates }) => certificates ?? []);
  const count = keyInfos.flatMap((one) => one.unreadableCertificates ?? []).length;
  if (found.length === 0 && count > 0) {
    throw errorOf(MetadataError, metadataUseCodes, {
      code: "metadata.no_usable_key",
      values: { use, count, entityId: quoted(entity.entityId) },
    });
  }
  return [...new Map(found.map((one) => [one.fingerprint.sha256, one])).values()];
}

/** The `<ds:KeyInfo>` of the keys of a role, or of every role, for a use. */
export function keyInfosFor(
  entity: EntityDescriptor,
  use: KeyUse,
  role: RoleType | undefined,
): readonly KeyInfo[] {
  return (entity.roles ?? [])
    .filter(({ type }) => role === undefined || type === role)
    .flatMap(({ keyDescriptors }) => keyDescriptors ?? [])
    .filter((key) => key.use === undefined || key.use === use)
    .flatMap(({ keyInfo }) => keyInfo ?? []);
}
