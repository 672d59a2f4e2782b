import type { Certificate } from "../../certificates/index.ts";
import type { EntityDescriptor } from "../../metadata/index.ts";

/**
 * An entity as JSON text with all that `diffMetadata` compares. It compares certificates by their
 * fingerprints and keys, so nothing else of them is kept: a twentieth of the size.
 */
export function entitySnapshot(entity: EntityDescriptor): string {
  return JSON.stringify(entity, (_, value: unknown) =>
    isCertificate(value) ? brief(value) : value,
  );
}

/** The entity of a snapshot, only for `diffMetadata`. */
export function entityOf(snapshot: string): EntityDescriptor {
  return JSON.parse(snapshot) as EntityDescriptor;
}

function isCertificate(value: unknown): value is Certificate {
  return typeof value === "object" && value !== null && "fingerprint" in value && "pem" in value;
}

function brief({ fingerprint, publicKey }: Certificate) {
  return {
    fingerprint: { sha256: fingerprint.sha256 },
    publicKey: { spkiSha256: publicKey.spkiSha256 },
  };
}
