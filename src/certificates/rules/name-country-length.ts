import type { Rule } from "./rule.ts";

export const nameCountryLength: Rule = {
  code: "name.country_length",
  severity: "notice",
  summary: "A country in a name is not a code of two letters.",
  hint: "Nothing has to be done: Salesforce writes USA, for one.",
  source: "RFC 5280, A.1",
  check({ certificate: { subject, issuer } }) {
    const all = [...subject.attributes, ...issuer.attributes];
    return all.some(({ type, value }) => type === "C" && value.length !== 2);
  },
};
