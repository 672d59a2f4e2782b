import type { Rule } from "./rule.ts";

export const validityNotYetValid: Rule = {
  code: "validity.not_yet_valid",
  severity: "error",
  summary: "The certificate is not valid yet.",
  hint: "Wait for that day, or upload the certificate that the identity provider signs with today as well.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate, now, policy }) {
    if (now >= certificate.notBefore.unixSeconds - policy.skewSeconds) return undefined;
    return { message: `The certificate is not valid before ${certificate.notBefore.iso}.` };
  },
};
