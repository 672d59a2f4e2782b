import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { CertificateRules } from "./subject.ts";

/** A GeneralizedTime has 15 characters. */
function isGeneralizedBefore2050({ raw }: { readonly raw: string }): boolean {
  return raw.length === 15 && raw < "2050" && raw >= "1950";
}

export const validityRules: CertificateRules<`validity.${string}` | `time.${string}`> = {
  "validity.expired": {
    check({ certificate: { noExpiry, notAfter }, now, policy }) {
      return (
        !noExpiry &&
        now > notAfter.unixSeconds + policy.clockSkewSeconds && { values: { end: notAfter.iso } }
      );
    },
  },
  "validity.not_yet_valid": {
    check({ certificate: { notBefore }, now, policy }) {
      const { maxDaysToStart = 0, clockSkewSeconds } = policy;
      const early = Math.max(clockSkewSeconds, maxDaysToStart * SECONDS_PER_DAY);
      return notBefore.unixSeconds - now > early && { values: { start: notBefore.iso } };
    },
  },
  "validity.clock_skew": {
    check({ certificate: { notBefore }, now, policy }) {
      const { unixSeconds, iso } = notBefore;
      return (
        now < unixSeconds &&
        now >= unixSeconds - policy.clockSkewSeconds && { values: { start: iso } }
      );
    },
  },
  "validity.expires_soon": {
    check({ certificate: { noExpiry, notAfter }, now, policy }) {
      const seconds = notAfter.unixSeconds - now;
      const days = Math.floor(seconds / SECONDS_PER_DAY);
      const left = days === 0 ? "less than a day" : days === 1 ? "1 day" : `${days} days`;
      return (
        !noExpiry &&
        seconds >= 0 &&
        seconds <= policy.expiringDays * SECONDS_PER_DAY && { values: { left, end: notAfter.iso } }
      );
    },
  },
  "validity.inverted": {
    check({ certificate: { notBefore, notAfter } }) {
      return (
        notAfter.unixSeconds < notBefore.unixSeconds && {
          values: { start: notBefore.iso, end: notAfter.iso },
        }
      );
    },
  },
  "validity.too_long": {
    check({ certificate, now, policy: { maxRemainingYears: years } }) {
      if (years === undefined) return false;
      const limit = new Date(now * 1000);
      limit.setUTCFullYear(limit.getUTCFullYear() + years);
      return certificate.notAfter.unixSeconds * 1000 > limit.getTime() && { values: { years } };
    },
  },
  "validity.very_short": {
    check({ certificate: { notBefore, notAfter, noExpiry } }) {
      const days = (notAfter.unixSeconds - notBefore.unixSeconds) / SECONDS_PER_DAY;
      return !noExpiry && days >= 0 && days < 30;
    },
  },
  "validity.no_expiry": {
    check({ certificate }) {
      return certificate.noExpiry;
    },
  },
  "time.wrong_format_pre2050": {
    check({ certificate: { notBefore, notAfter } }) {
      return isGeneralizedBefore2050(notBefore) || isGeneralizedBefore2050(notAfter);
    },
  },
};
