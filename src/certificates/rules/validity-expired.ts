import type { Rule } from "./rule.ts";

export const validityExpired: Rule = {
  code: "validity.expired",
  severity: "error",
  summary: "The certificate has expired.",
  hint: "Ask the identity provider for its current signing certificate; its metadata shows it too.",
  source: "RFC 5280, 4.1.2.5; SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate, now, policy }) {
    const { noExpiry, notAfter } = certificate;
    return (
      !noExpiry &&
      now > notAfter.unixSeconds + policy.skewSeconds && {
        message: `The certificate expired on ${notAfter.iso}.`,
      }
    );
  },
};
