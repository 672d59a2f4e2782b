import type { Rule } from "./rule.ts";

export const keyRsaGt8192: Rule = {
  code: "key.rsa_gt_8192",
  severity: "warning",
  summary: "The RSA key has more than 8192 bits.",
  hint: "Ask for a key of 2048 to 4096 bits: some software refuses longer ones, and verifies slowly.",
  source: "OpenSSL OPENSSL_RSA_MAX_MODULUS_BITS; Go crypto/tls",
  check({ certificate: { publicKey } }) {
    return publicKey.algorithm.startsWith("RSA") && publicKey.bits > 8192;
  },
};
