import { isSelfIssued } from "../compare.ts";
import type { Rule } from "./rule.ts";

export const sigSelfIssued: Rule = {
  code: "sig.self_issued",
  severity: "notice",
  optIn: true,
  summary: "The certificate is self-issued.",
  hint: "Nothing has to be done: self-signed is what SAML recommends.",
  source: "SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate }) {
    return isSelfIssued(certificate);
  },
};
