import type { Rule } from "./rule.ts";

export const uidPresent: Rule = {
  code: "uid.present",
  severity: "notice",
  summary: "The certificate has a unique identifier of its issuer or subject.",
  hint: "Nothing has to be done; some parsers do not know the field.",
  source: "RFC 5280, 4.1.2.8",
  check({ reading }) {
    return reading.uniqueIds;
  },
};
