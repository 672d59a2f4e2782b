import { fieldOf, type Rule } from "./rule.ts";

export const useCaTrue: Rule = {
  code: "use.ca_true",
  severity: "notice",
  summary: "The certificate says that it is one of a certification authority.",
  hint: "Nothing has to be done: self-signed certificates often say so.",
  source: "SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate }) {
    return fieldOf(certificate, "basicConstraints", "cA") === true;
  },
};
