import type { Rule } from "./rule.ts";

export const validityInverted: Rule = {
  code: "validity.inverted",
  severity: "error",
  summary: "The certificate ends before it begins.",
  hint: "Ask the identity provider for a new certificate: there is no day on which this one is valid.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate: { notBefore, notAfter } }) {
    return notAfter.unixSeconds < notBefore.unixSeconds;
  },
};
