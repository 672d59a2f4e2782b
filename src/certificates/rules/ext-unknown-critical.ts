import type { Rule } from "./rule.ts";

export const extUnknownCritical: Rule = {
  code: "ext.unknown_critical",
  severity: "warning",
  summary: "A critical extension is one that few programs know.",
  hint: "Nothing for most SAML software, which does not look; ask for a certificate without it if a consumer refuses this one.",
  source: "RFC 5280, 4.2",
  check({ certificate: { extensions } }) {
    const unknown = extensions.find(({ critical, name, oid }) => critical && name === oid);
    return (
      unknown !== undefined && {
        message: `The critical extension ${unknown.oid} is one that few programs know.`,
      }
    );
  },
};
