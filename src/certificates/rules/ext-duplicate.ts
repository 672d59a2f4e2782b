import type { Rule } from "./rule.ts";

export const extDuplicate: Rule = {
  code: "ext.duplicate",
  severity: "error",
  summary: "An extension occurs twice.",
  hint: "Ask for a new certificate: strict software refuses this one.",
  source: "RFC 5280, 4.2",
  check({ certificate: { extensions } }) {
    const seen = new Set<string>();
    const twice = extensions.find(({ oid }) => seen.size === seen.add(oid).size);
    return (
      twice !== undefined && {
        message: `The extension ${twice.name} occurs twice.`,
        path: "tbsCertificate.extensions",
      }
    );
  },
};
