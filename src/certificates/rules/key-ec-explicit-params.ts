import type { Rule } from "./rule.ts";

export const keyEcExplicitParams: Rule = {
  code: "key.ec_explicit_params",
  severity: "error",
  summary: "The curve of the key is spelled out and not named.",
  hint: "Ask for a certificate with a named curve (P-256): software refuses others since CVE-2020-0601.",
  source: "RFC 5480, 2.1.1",
  check({ certificate }) {
    return certificate.publicKey.curve === "explicit";
  },
};
