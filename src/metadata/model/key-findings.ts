import { issuerFindings } from "../../certificates/signing-certificate.ts";
import { metadataKeysCodes } from "../../core/codes/metadata/keys.ts";
import type { Finding } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";
import { keyInfosFor } from "./keys.ts";
import { needEntity } from "./trust.ts";
import type { EntityDescriptor, RoleType } from "./types.ts";

/**
 * The certificates that `signingCertificates` leaves aside: issuers in a chain, and certificates that cannot be read.
 *
 * @example
 * ```ts
 * import { acceptUnverified, parseMetadata, signingCertificates, signingKeyFindings } from "samlcert/metadata";
 *
 * function trusted(xml: string): readonly string[] {
 *   const [entity] = parseMetadata(xml).entities;
 *   if (entity === undefined) return [];
 *   for (const { message } of signingKeyFindings(entity, "IDPSSODescriptor")) console.warn(message);
 *   return signingCertificates(acceptUnverified(entity), "IDPSSODescriptor").map(({ pem }) => pem);
 * }
 * console.log(typeof trusted);
 * ```
 */
export function signingKeyFindings(entity: EntityDescriptor, role?: RoleType): readonly Finding[] {
  needEntity(entity);
  const keyInfos = keyInfosFor(entity, "signing", role);
  const isUnreadable = keyInfos.some((one) => one.unreadableCertificates !== undefined);
  const reason = "It is not the base64 of exactly one DER certificate.";
  const code = "metadata.certificate.unreadable";
  return [
    ...(isUnreadable
      ? [findingOf(metadataKeysCodes, { code, values: { reason } }, "warning")]
      : []),
    ...issuerFindings(keyInfos.flatMap(({ issuers }) => issuers ?? [])),
  ];
}
