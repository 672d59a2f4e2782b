import { type Instant, SECONDS_PER_DAY, unixSeconds } from "../core/time.ts";
import { needCertificate } from "./argument.ts";
import type { Certificate } from "./types.ts";

/** Where a certificate stands in its life. */
export type CertificateState = "pending" | "active" | "expiring" | "expired";

/** What {@link certificateState} goes by. */
export interface StatePolicy {
  /** `expiring` from this many days before the end. Default 30. */
  readonly expiringDays?: number | undefined;
  /** How wrong the clock of another machine may be, in seconds. Default 0. */
  readonly skewSeconds?: number | undefined;
}

/**
 * Where a certificate stands at `now`. Both ends of its validity belong to it (RFC 5280, 4.1.2.5), and
 * one without an expiration date never ends.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { certificateState, parseCertificate } from "samlcert/certificates";
 *
 * const certificate = parseCertificate(readFileSync("idp.pem"));
 * console.log(certificateState(certificate, new Date(), { expiringDays: 60 }));
 * ```
 */
export function certificateState(
  certificate: Certificate,
  now: Instant,
  policy: StatePolicy = {},
): CertificateState {
  const { expiringDays = 30, skewSeconds = 0 } = policy ?? {};
  needCertificate(certificate);
  const at = unixSeconds(now);
  if (at < certificate.notBefore.unixSeconds - skewSeconds) return "pending";
  if (certificate.noExpiry) return "active";
  const end = certificate.notAfter.unixSeconds;
  if (at > end + skewSeconds) return "expired";
  return at > end - expiringDays * SECONDS_PER_DAY ? "expiring" : "active";
}
