import type { Rule } from "./rule.ts";

export const validityClockSkew: Rule = {
  code: "validity.clock_skew",
  severity: "notice",
  summary: "The certificate becomes valid about now, within the difference that clocks may have.",
  hint: "Check the clock of this machine if a consumer calls the certificate not yet valid.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate, now, policy }) {
    const { unixSeconds } = certificate.notBefore;
    return now < unixSeconds && now >= unixSeconds - policy.skewSeconds;
  },
};
