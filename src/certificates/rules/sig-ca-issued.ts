import { isSelfIssued } from "../compare.ts";
import type { Rule } from "./rule.ts";

export const sigCaIssued: Rule = {
  code: "sig.ca_issued",
  severity: "notice",
  summary: "The certificate was issued by another one.",
  hint: "Nothing has to be done: SAML trusts the key, and neither chain nor revocation counts.",
  source: "SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate }) {
    return (
      !isSelfIssued(certificate) && {
        message: `The certificate was issued by ${certificate.issuer.text}.`,
      }
    );
  },
};
