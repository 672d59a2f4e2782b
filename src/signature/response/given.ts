import { signingCertificatesGiven } from "../../certificates/given.ts";
import type { Certificate } from "../../certificates/types.ts";
import { signingCertificates } from "../../metadata/model/keys.ts";
import { acceptUnverified } from "../../metadata/model/trust.ts";
import { parseMetadata } from "../../metadata/read/parse.ts";
import type { ExplainOptions } from "./options.ts";

/** The certificates that the caller trusts, each once. */
export interface Given {
  readonly certificates: readonly Certificate[];
  /** The entity IDs of the metadata; undefined without metadata. */
  readonly entityIds?: readonly string[] | undefined;
}

/** Chooses the certificates for the issuer of a message. */
export type GivenFor = (issuer: string | undefined) => Given;

/**
 * Reads the certificates and the metadata that the caller gave. Throws a `CertificateError` or a
 * `MetadataError` for what cannot be read: it is not the input that is explained.
 */
export function givenOf({ certificates, metadata }: ExplainOptions): GivenFor {
  const listed = certificates === undefined ? [] : signingCertificatesGiven(certificates);
  const own = listed.map(({ certificate }) => certificate);
  if (metadata === undefined) return () => ({ certificates: unique(own) });
  const entities = parseMetadata(metadata).entities.map(acceptUnverified);
  const entityIds = entities.map(({ entityId }) => entityId);
  return (issuer) => {
    const named = entities.filter(({ entityId }) => entityId === issuer);
    // One entity is meant, also if the message names another issuer.
    const chosen = named.length > 0 ? named : entities.length === 1 ? entities : [];
    const found = chosen.flatMap((entity) => signingCertificates(entity));
    return { certificates: unique([...own, ...found]), entityIds };
  };
}

function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint.sha256, one])).values()];
}
