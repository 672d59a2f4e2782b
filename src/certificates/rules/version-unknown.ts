import type { Rule } from "./rule.ts";

export const versionUnknown: Rule = {
  code: "version.unknown",
  severity: "error",
  summary: "The certificate is of a version that nobody issues: 1 and 3 are in use.",
  hint: "Ask for a new certificate: this one is refused by most software.",
  source: "RFC 5280, 4.1.2.1",
  check({ certificate: { version } }) {
    return version !== 1 && version !== 3;
  },
};
