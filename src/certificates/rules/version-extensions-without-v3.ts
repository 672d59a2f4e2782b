import type { Rule } from "./rule.ts";

export const versionExtensionsWithoutV3: Rule = {
  code: "version.extensions_without_v3",
  severity: "error",
  summary: "The certificate has extensions and is not of version 3.",
  hint: "Ask for a new certificate: strict software refuses this one.",
  source: "RFC 5280, 4.1.2.8 and 4.1.2.9",
  check({ certificate: { version, extensions }, reading: { uniqueIds } }) {
    if (extensions.length > 0 && version !== 3) return { path: "tbsCertificate.extensions" };
    return (
      uniqueIds &&
      version < 2 && { message: "The certificate has a unique identifier and is of version 1." }
    );
  },
};
