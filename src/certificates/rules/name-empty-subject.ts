import type { Rule } from "./rule.ts";

export const nameEmptySubject: Rule = {
  code: "name.empty_subject",
  severity: "warning",
  summary: "The certificate has no subject.",
  hint: "Nothing for SAML; some user interfaces show an empty line.",
  source: "RFC 5280, 4.1.2.6",
  check({ certificate }) {
    return certificate.subject.attributes.length === 0;
  },
};
