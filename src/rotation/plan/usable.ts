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

/** The part of a stored certificate that a plan keeps. Unreadable text is never kept. */
export function storedSnapshot(stored: StoredCertificate): StoredSnapshot {
  const { id, certificate, enabled } = stored;
  return {
    id,
    sha256: certificate?.fingerprint.sha256 ?? sha256Hex(stored.public_certificate),
    ...(certificate && { certificate: plannedCertificate(certificate) }),
    ...(enabled !== undefined && { enabled }),
  };
}

export function withinValidity(certificate: PlannedCertificate, at: number): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter;
}

/** Sign-in with it works at that time, beyond doubt. */
export function usable(stored: StoredSnapshot, at: number, honours: HonoursExpiry): boolean {
  if (!stored.certificate || stored.enabled === false) return false;
  return honours === "no" || withinValidity(stored.certificate, at);
}

/**
 * Sign-in with it may work at that time. Many service providers do not look at `notAfter`, so an
 * expired certificate only counts as dead where the provider is known to honour it.
 */
export function maybeUsable(stored: StoredSnapshot, at: number, honours: HonoursExpiry): boolean {
  if (stored.certificate && stored.enabled !== false && honours !== "yes") return true;
  return usable(stored, at, honours);
}
