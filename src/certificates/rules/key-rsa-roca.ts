import { hasRocaMark } from "./roca.ts";
import { rsaNumbers } from "./rsa.ts";
import type { Rule } from "./rule.ts";

export const keyRsaRoca: Rule = {
  code: "key.rsa_roca",
  severity: "error",
  summary: "The RSA key has the mark of ROCA: it can be factored.",
  hint: "Replace the key at the identity provider, with one that was not made by an Infineon chip of that time.",
  source: "CVE-2017-15361; Nemec et al., ACM CCS 2017",
  check(facts) {
    const rsa = rsaNumbers(facts);
    return rsa !== undefined && rsa.modulus.length >= 64 && hasRocaMark(rsa.modulus)
      ? {}
      : undefined;
  },
};
