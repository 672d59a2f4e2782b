import type { Rule } from "./rule.ts";

export const keyRsaEvenModulus: Rule = {
  code: "key.rsa_even_modulus",
  severity: "error",
  summary: "The RSA modulus is even, negative or zero: it is no key.",
  hint: "Replace the key at the identity provider: this one protects nothing.",
  source: "RFC 8017, 3.1",
  check({ rsa }) {
    return rsa !== undefined && (rsa.modulus <= 0n || !(rsa.modulus & 1n));
  },
};
