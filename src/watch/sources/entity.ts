import type { Certificate } from "../../certificates/index.ts";
import type { EntityDescriptor, ReadEntity, Trust } from "../../metadata/index.ts";
import { certificateStatus } from "../assess.ts";
import { lifeOf } from "../life.ts";
import type { LookContext, Seen } from "../source.ts";
import { errorOfCode } from "../told.ts";
import type { CertificateStatus, ConnectionState } from "../types.ts";
import { entitySnapshot } from "./snapshot.ts";

/** One entity of a metadata document as a connection. */
export function seenEntity(id: string, entity: ReadEntity<Trust>, context: LookContext): Seen {
  const certificates = certificatesOf(entity, context);
  const { entityId } = entity;
  const until = (entity.inherited?.validUntil ?? entity.validUntil)?.unixSeconds;
  const isOver = until !== undefined && until < context.now;
  return {
    id,
    kind: "metadata",
    name: displayName(entity),
    entityId,
    state: isOver ? "unverified" : stateOf(entity, certificates),
    certificates,
    ...(isOver && { errors: [errorOfCode("watch.metadata_expired", { entityId })] }),
    entity: entitySnapshot(entity),
  };
}

function stateOf(
  { roles = [] }: EntityDescriptor,
  certificates: readonly CertificateStatus[],
): ConnectionState {
  // A service provider that neither signs nor decrypts needs no key.
  const needsKey = roles.some(({ type }) => type === "IDPSSODescriptor");
  return certificates.length === 0 && !needsKey ? "active" : lifeOf(certificates);
}

/** The certificates of all roles, each once. */
function certificatesOf(
  { roles = [] }: EntityDescriptor,
  { now, expiringDays }: LookContext,
): readonly CertificateStatus[] {
  const found = new Map<string, { certificate: Certificate; uses: Set<string> }>();
  for (const { use, keyInfo } of roles.flatMap(({ keyDescriptors = [] }) => keyDescriptors)) {
    for (const certificate of keyInfo?.certificates ?? []) {
      const { sha256 } = certificate.fingerprint;
      const known = found.get(sha256) ?? { certificate, uses: new Set() };
      for (const one of use === undefined ? ["signing", "encryption"] : [use]) known.uses.add(one);
      found.set(sha256, known);
    }
  }
  return [...found].map(([sha256, { certificate, uses }]) => ({
    ...certificateStatus(sha256, certificate, now, { expiringDays }),
    ...(uses.size === 1 && { use: uses.has("signing") ? "signing" : "encryption" }),
  }));
}

/** The first name for people, in English if there is one. */
function displayName({ roles = [], organization, entityId }: EntityDescriptor): string {
  const names = [
    ...roles.flatMap(({ extensions }) => extensions?.uiInfo?.displayNames ?? []),
    ...(organization?.displayNames ?? []),
  ];
  return (names.find(({ lang }) => lang === "en") ?? names[0])?.value || entityId;
}
