import type { Rule } from "./rule.ts";

export const validityTooLong: Rule = {
  code: "validity.too_long",
  severity: "warning",
  summary: "The certificate is valid for longer than the consumer takes.",
  hint: "Ask the identity provider for a certificate with a shorter life.",
  source: "documentation of the consumer",
  check({ certificate, now, policy: { maxRemainingYears } }) {
    if (maxRemainingYears === undefined) return false;
    const limit = new Date(now * 1000);
    limit.setUTCFullYear(limit.getUTCFullYear() + maxRemainingYears);
    return (
      certificate.notAfter.unixSeconds * 1000 > limit.getTime() && {
        message: `The certificate ends more than ${maxRemainingYears} years from now, which the consumer refuses.`,
      }
    );
  },
};
