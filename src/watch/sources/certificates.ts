import { type Certificate, signingChains } from "../../certificates/index.ts";
import { repairCertificates } from "../../certificates/repair.ts";
import { certificateStatus } from "../assess.ts";
import { lifeOf } from "../life.ts";
import type { LookContext, Seen } from "../source.ts";
import type { CertificateStatus } from "../types.ts";

/** The certificates of any paste: PEM, DER, base64, PKCS #7. Throws a `CertificateError`. */
export function seenInPaste(id: string, paste: string | Uint8Array, context: LookContext): Seen {
  const { certificates } = repairCertificates(paste);
  return { kind: "certificates", ...seenCertificates(id, endEntities(certificates), context) };
}

/** An issuer in a chain is not a certificate of the connection. */
function endEntities(certificates: readonly Certificate[]): readonly Certificate[] {
  return signingChains(certificates).map(({ certificate }) => certificate);
}

/** A connection that has these certificates, and nothing else. */
function seenCertificates(
  id: string,
  certificates: readonly Certificate[],
  { now, expiringDays }: LookContext,
): Seen {
  const found = certificates.map((one) =>
    certificateStatus(one.fingerprint.sha256, one, now, { expiringDays }),
  );
  const [first] = certificates;
  return { id, name: first?.subject.text, ...judged(found) };
}

/** The certificates with the state that follows from their dates. */
function judged(certificates: readonly CertificateStatus[]): Pick<Seen, "state" | "certificates"> {
  return { state: lifeOf(certificates), certificates };
}
