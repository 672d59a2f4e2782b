import type { Rule } from "./rule.ts";

export const validityNoExpiry: Rule = {
  code: "validity.no_expiry",
  severity: "notice",
  summary: "The certificate has no expiration date (99991231235959Z).",
  hint: "Nothing has to be done; some consumers show the year 9999.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate }) {
    return certificate.noExpiry;
  },
};
