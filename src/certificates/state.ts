import { checkOptions } from "../core/options.ts";
import { type Instant, SECONDS_PER_DAY, unixSeconds } from "../core/time.ts";
import { needCertificate } from "./argument.ts";
import { type CertificatePolicy, POLICY_KINDS } from "./policy/policy.ts";
import type { Certificate } from "./types.ts";

/** The phase of a certificate's life. */
export type CertificateState = "pending" | "active" | "expiring" | "expired";

/** The part of a certificate policy that {@link certificateState} needs; the rest of one is ignored. */
export interface StatePolicy {
  /** A certificate is `expiring` during its last days, so many of them. Default 30. */
  readonly expiringDays?: number | undefined;
  /** How far the clocks of two machines may differ. Default 0. */
  readonly clockSkewSeconds?: number | undefined;
}

/**
 * The state of a certificate at `now`. Both ends of the validity are included (RFC 5280, 4.1.2.5); a
 * certificate without an expiry date stays `active`.
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
  needCertificate(certificate);
  checkOptions<CertificatePolicy>(policy, POLICY_KINDS, "certificateState");
  const { expiringDays = 30, clockSkewSeconds = 0 } = policy ?? {};
  const at = unixSeconds(now);
  if (at < certificate.notBefore.unixSeconds - clockSkewSeconds) return "pending";
  if (certificate.noExpiry) return "active";
  const end = certificate.notAfter.unixSeconds;
  if (at > end + clockSkewSeconds) return "expired";
  return at > end - expiringDays * SECONDS_PER_DAY ? "expiring" : "active";
}
