import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { Rule } from "./rule.ts";

export const validityNotYetValid: Rule = {
  code: "validity.not_yet_valid",
  severity: "error",
  summary: "The certificate is not valid yet.",
  hint: "Wait for that day, or upload the certificate that the identity provider signs with today as well.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate: { notBefore }, now, policy: { maxDaysToStart = 0, skewSeconds } }) {
    const early = Math.max(skewSeconds, maxDaysToStart * SECONDS_PER_DAY);
    return (
      notBefore.unixSeconds - now > early && {
        message: `The certificate is not valid before ${notBefore.iso}.`,
      }
    );
  },
};
