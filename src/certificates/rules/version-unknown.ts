import type { Rule } from "./rule.ts";

export const versionUnknown: Rule = {
  code: "version.unknown",
  severity: "error",
  summary: "The certificate's version is none that exists.",
  hint: "Ask for a new certificate: this one is refused by most software.",
  source: "RFC 5280, 4.1.2.1",
  check({ certificate: { version } }) {
    return version < 1 || version > 3;
  },
};
