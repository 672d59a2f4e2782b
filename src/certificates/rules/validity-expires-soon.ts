import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { Rule } from "./rule.ts";

export const validityExpiresSoon: Rule = {
  code: "validity.expires_soon",
  severity: "warning",
  summary: "The certificate expires soon.",
  hint: "Ask the identity provider when it will switch to its next certificate, and upload that one before the switch.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate, now, policy }) {
    const { noExpiry, notAfter } = certificate;
    const seconds = notAfter.unixSeconds - now;
    const days = Math.floor(seconds / SECONDS_PER_DAY);
    const left = days === 0 ? "less than a day" : days === 1 ? "1 day" : `${days} days`;
    return (
      !noExpiry &&
      seconds >= 0 &&
      seconds <= policy.expiringDays * SECONDS_PER_DAY && {
        message: `The certificate expires in ${left}, on ${notAfter.iso}.`,
      }
    );
  },
};
