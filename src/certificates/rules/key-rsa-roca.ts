import { hasRocaMark } from "./roca.ts";
import type { Rule } from "./rule.ts";

/** The library made no shorter keys, and short numbers have the mark by chance. */
const LEAST_BITS = 505;

export const keyRsaRoca: Rule = {
  code: "key.rsa_roca",
  severity: "error",
  summary: "The RSA key has the mark of ROCA: it can be factored.",
  hint: "Replace the key at the identity provider, with one that was not made by an Infineon chip of that time.",
  source: "CVE-2017-15361; Nemec et al., ACM CCS 2017",
  check({ rsa, certificate: { publicKey } }) {
    return rsa !== undefined && publicKey.bits >= LEAST_BITS && hasRocaMark(rsa.modulus);
  },
};
