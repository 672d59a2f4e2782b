import type { Rule } from "./rule.ts";

export const sigMd5: Rule = {
  code: "sig.md5",
  severity: "notice",
  summary: "The certificate itself is signed with MD5 or MD2.",
  hint: "Nothing has to be done: nobody verifies the signature on a self-signed certificate. What counts is the algorithm of the SAML messages.",
  source: "SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate: { signatureAlgorithm } }) {
    return signatureAlgorithm.name.startsWith("md");
  },
};
