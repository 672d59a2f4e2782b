import type { Rule } from "./rule.ts";

export const keyDsa: Rule = {
  code: "key.dsa",
  severity: "error",
  summary: "The key is a DSA key, which SAML software does not verify any more.",
  hint: "Ask the identity provider for an RSA or ECDSA certificate.",
  source: "FIPS 186-5, 4; XML Signature 1.1, 6.1",
  check({ certificate }) {
    return certificate.publicKey.algorithm === "DSA";
  },
};
