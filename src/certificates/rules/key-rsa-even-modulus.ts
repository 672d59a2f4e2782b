import { rsaNumbers } from "./rsa.ts";
import type { Rule } from "./rule.ts";

export const keyRsaEvenModulus: Rule = {
  code: "key.rsa_even_modulus",
  severity: "error",
  summary: "The RSA modulus is even, negative or zero: it is no key.",
  hint: "Replace the key at the identity provider: this one protects nothing.",
  source: "RFC 8017, 3.1",
  check(facts) {
    const rsa = rsaNumbers(facts);
    if (rsa === undefined) return undefined;
    const { modulus } = rsa;
    const odd = ((modulus[modulus.length - 1] as number) & 1) === 1;
    return odd && (modulus[0] as number) < 0x80 ? undefined : {};
  },
};
