import type { Rule } from "./rule.ts";

export const versionExtensionsWithoutV3: Rule = {
  code: "version.extensions_without_v3",
  severity: "error",
  summary: "The certificate has fields that its version does not have.",
  hint: "Ask for a new certificate: strict software refuses this one.",
  source: "RFC 5280, 4.1.2.8 and 4.1.2.9",
  check({ certificate: { version, extensions }, reading: { uniqueIds } }) {
    return extensions.length > 0 ? version !== 3 : uniqueIds && version < 2;
  },
};
