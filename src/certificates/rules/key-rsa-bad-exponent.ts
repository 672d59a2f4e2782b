import { rsaNumbers } from "./rsa.ts";
import type { Rule } from "./rule.ts";

export const keyRsaBadExponent: Rule = {
  code: "key.rsa_bad_exponent",
  severity: "error",
  summary: "The RSA exponent is even, 1 or less: every signature can be forged.",
  hint: "Replace the key at the identity provider: this one protects nothing.",
  source: "FIPS 186-5, 5.4; RFC 8017, 3.1",
  check(facts) {
    const rsa = rsaNumbers(facts);
    if (rsa === undefined) return undefined;
    const { exponent } = rsa;
    const odd = ((exponent[exponent.length - 1] as number) & 1) === 1;
    const one = facts.certificate.publicKey.exponent === "1";
    return odd && !one && (exponent[0] as number) < 0x80 ? undefined : {};
  },
};
