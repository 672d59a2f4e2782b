import { SECONDS_PER_DAY } from "../../core/time.ts";
import { expiryThreshold } from "../expiry.ts";
import type { Rule } from "./rule.ts";

export const validityExpiresSoon: Rule = {
  code: "validity.expires_soon",
  severity: "warning",
  summary: "The certificate expires soon.",
  hint: "Ask the identity provider when it will switch to its next certificate, and upload that one before the switch.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate, now, policy }) {
    if (certificate.noExpiry) return undefined;
    const threshold = expiryThreshold(certificate, now, policy.expiryThresholdDays);
    const seconds = certificate.notAfter.unixSeconds - now;
    if (threshold === undefined || seconds < 0 || threshold > policy.expiringDays) return undefined;
    const days = Math.floor(seconds / SECONDS_PER_DAY);
    const left = days === 0 ? "less than a day" : days === 1 ? "1 day" : `${days} days`;
    return { message: `The certificate expires in ${left}, on ${certificate.notAfter.iso}.` };
  },
};
