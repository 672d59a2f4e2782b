import type { Rule } from "./rule.ts";

export const keyRsaOddSize: Rule = {
  code: "key.rsa_odd_size",
  severity: "notice",
  summary: "The size of the RSA key is not a multiple of 8 bits.",
  hint: "Nothing has to be done; some software rounds the size.",
  source: "FIPS 186-5, 5.1",
  check({ certificate: { publicKey } }) {
    return publicKey.algorithm.startsWith("RSA") && publicKey.bits % 8 !== 0;
  },
};
