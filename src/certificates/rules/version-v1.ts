import type { Rule } from "./rule.ts";

export const versionV1: Rule = {
  code: "version.v1",
  severity: "notice",
  summary: "The certificate is of X.509 version 1, as Keycloak makes them.",
  hint: "Nothing has to be done: SAML uses only the key.",
  source: "SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate }) {
    return certificate.version === 1 && certificate.extensions.length === 0;
  },
};
