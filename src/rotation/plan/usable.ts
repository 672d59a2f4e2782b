import { needCertificate } from "../../certificates/argument.ts";
import type { Certificate } from "../../certificates/types.ts";
import type { StoreCapabilities, StoredCertificate } from "../../providers/store.ts";
import type { PlannedCertificate, StoredSnapshot } from "../types.ts";
import { sha256Hex } from "./canonical.ts";

type HonoursExpiry = StoreCapabilities["honoursExpiry"];

/** The part of a certificate that a plan carries. */
export function plannedCertificate(certificate: Certificate): PlannedCertificate {
  needCertificate(certificate);
  return {
    sha256: certificate.fingerprint.sha256,
    spkiSha256: certificate.publicKey.spkiSha256,
    subject: certificate.subject.text,
    notBefore: certificate.notBefore.unixSeconds,
    notAfter: certificate.notAfter.unixSeconds,
    pem: certificate.pem,
  };
}

/**
 * The part of a stored certificate that a plan keeps. Unreadable text is never kept. One of which the
 * provider shows the fingerprint only is looked up among the known ones.
 */
export function storedSnapshot(
  stored: StoredCertificate,
  known: readonly PlannedCertificate[] = [],
): StoredSnapshot {
  const { id, enabled } = stored;
  const sha256 = storedSha256(stored);
  const certificate = stored.certificate
    ? plannedCertificate(stored.certificate)
    : known.find((one) => one.sha256 === sha256);
  return {
    id,
    sha256,
    ...(certificate && { certificate }),
    ...(enabled !== undefined && { enabled }),
    ...(stored.pending_approval === true && { pendingApproval: true as const }),
  };
}

/** SHA-256 of the DER; without it, of the text, and of the id where the provider shows no text. */
function storedSha256({ id, certificate, sha256, public_certificate }: StoredCertificate): string {
  return certificate?.fingerprint.sha256 ?? sha256 ?? sha256Hex(public_certificate ?? id);
}

export function withinValidity(certificate: PlannedCertificate, at: number): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter;
}

/** Sign-in with it works at that time, beyond doubt. */
export function usable(stored: StoredSnapshot, at: number, honours: HonoursExpiry): boolean {
  if (!stored.certificate || stored.enabled === false || stored.pendingApproval) return false;
  return honours === "no" || withinValidity(stored.certificate, at);
}

/**
 * Sign-in with it may work at that time. Many service providers do not look at `notAfter`, so an
 * expired certificate only counts as dead where the provider is known to honour it. One that the
 * provider does not show may be any certificate.
 */
export function maybeUsable(
  stored: StoredSnapshot,
  at: number,
  { honoursExpiry: honours, observes = "certificate" }: StoreCapabilities,
): boolean {
  const isOff = stored.enabled === false || stored.pendingApproval === true;
  if (!stored.certificate) return observes !== "certificate" && !isOff;
  if (!isOff && honours !== "yes") return true;
  return usable(stored, at, honours);
}
