import type { Rule } from "./rule.ts";

export const nameHtmlEntities: Rule = {
  code: "name.html_entities",
  severity: "notice",
  summary: "A name holds HTML entities: it was escaped once too often.",
  hint: "Nothing for SAML; the name looks odd in user interfaces.",
  source: "RFC 5280, 4.1.2.4",
  check({ certificate: { subject, issuer } }) {
    const entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#"];
    const escaped = (text: string): boolean =>
      text.includes("&") && entities.some((entity) => text.includes(entity));
    return [subject, issuer].some((name) => name.attributes.some(({ value }) => escaped(value)));
  },
};
