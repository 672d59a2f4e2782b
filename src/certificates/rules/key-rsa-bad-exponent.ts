import type { Rule } from "./rule.ts";

export const keyRsaBadExponent: Rule = {
  code: "key.rsa_bad_exponent",
  severity: "error",
  summary: "The RSA exponent is even, 1 or less: every signature can be forged.",
  hint: "Replace the key at the identity provider: this one protects nothing.",
  source: "FIPS 186-5, 5.4; RFC 8017, 3.1",
  check({ rsa }) {
    return rsa !== undefined && (rsa.exponent <= 1n || !(rsa.exponent & 1n));
  },
};
