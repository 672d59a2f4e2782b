import type { Rule } from "./rule.ts";

export const validityInverted: Rule = {
  code: "validity.inverted",
  severity: "error",
  summary: "The certificate ends before it begins.",
  hint: "Ask for a new certificate.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate: { notBefore, notAfter } }) {
    return notAfter.unixSeconds < notBefore.unixSeconds ? {} : undefined;
  },
};
