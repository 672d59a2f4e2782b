import { need } from "../core/argument.ts";
import { type Instant, SECONDS_PER_DAY, unixSeconds } from "../core/time.ts";
import { needCertificate } from "./argument.ts";
import type { Certificate } from "./types.ts";

/** Days before the end at which somebody should be told, unless a policy says otherwise. */
export const EXPIRY_THRESHOLDS: readonly number[] = [90, 60, 30, 14, 7, 3, 1, 0];

/**
 * The smallest threshold, in days, that a certificate has come to: 14 means that at most 14 days are
 * left and more than 7. 0 is the last day and all that follows. Undefined while none is reached, or if
 * the certificate has no expiration date.
 *
 * A day is 24 hours of UTC, so that neither time zones nor daylight saving move a threshold; the last
 * second belongs to the validity (RFC 5280, 4.1.2.5).
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { expiryThreshold, parseCertificate } from "samlcert/certificates";
 *
 * const days = expiryThreshold(parseCertificate(readFileSync("idp.pem")), new Date());
 * if (days !== undefined) console.log(`Tell somebody: ${days} days or less.`);
 * ```
 */
export function expiryThreshold(
  certificate: Certificate,
  now: Instant,
  thresholds: readonly number[] = EXPIRY_THRESHOLDS,
): number | undefined {
  check(certificate, thresholds);
  if (certificate.noExpiry) return undefined;
  const seconds = certificate.notAfter.unixSeconds - unixSeconds(now);
  // 0 means "less than a day": a separate threshold, reached within the last day.
  const reached = thresholds.filter((days) =>
    days === 0 ? seconds < SECONDS_PER_DAY : seconds <= days * SECONDS_PER_DAY,
  );
  return reached.length === 0 ? undefined : Math.min(...reached);
}

/** A threshold and when it is reached. */
export interface ExpiryWarning {
  readonly days: number;
  readonly unixSeconds: number;
}

/**
 * When somebody should be told, for a calendar or a scheduler: the earliest first. The threshold of 0
 * days is told at the end itself, the last second of the validity.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { expiryWarnings, parseCertificate } from "samlcert/certificates";
 *
 * for (const { days, unixSeconds } of expiryWarnings(parseCertificate(readFileSync("idp.pem")))) {
 *   console.log(days, new Date(unixSeconds * 1000));
 * }
 * ```
 */
export function expiryWarnings(
  certificate: Certificate,
  thresholds: readonly number[] = EXPIRY_THRESHOLDS,
): readonly ExpiryWarning[] {
  check(certificate, thresholds);
  if (certificate.noExpiry) return [];
  const end = certificate.notAfter.unixSeconds;
  return [...thresholds]
    .sort((a, b) => b - a)
    .map((days) => ({ days, unixSeconds: end - days * SECONDS_PER_DAY }));
}

function check(certificate: Certificate, thresholds: readonly number[]): void {
  needCertificate(certificate);
  need(() => thresholds.every(Number.isFinite), "thresholds", "a list of days");
}
