import { isFermatFactorable } from "./fermat.ts";
import type { Rule } from "./rule.ts";

/** The square root of longer ones takes too long; nobody has them. */
const MAX_BITS = 16_384;

export const keyRsaFermat: Rule = {
  code: "key.rsa_fermat",
  severity: "error",
  summary: "The two primes of the RSA key are so close that it was factored while you waited.",
  hint: "Replace the key at the identity provider: this one protects nothing.",
  source: "zlint e_rsa_fermat_factorization; CVE-2022-26320",
  check({ rsa, certificate: { publicKey } }) {
    const { bits } = publicKey;
    return rsa !== undefined && bits <= MAX_BITS && isFermatFactorable(rsa.modulus, bits);
  },
};
