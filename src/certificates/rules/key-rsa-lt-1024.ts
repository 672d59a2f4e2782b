import type { Rule } from "./rule.ts";

export const keyRsaLt1024: Rule = {
  code: "key.rsa_lt_1024",
  severity: "error",
  summary: "The RSA key has fewer than 1024 bits and can be broken.",
  hint: "Ask the identity provider for a certificate with an RSA key of 2048 bits or more.",
  source: "NIST SP 800-131A Rev. 2, 3",
  check({ certificate: { publicKey } }) {
    if (!publicKey.algorithm.startsWith("RSA") || publicKey.bits === 0 || publicKey.bits >= 1024)
      return undefined;
    return { message: `The RSA key has ${publicKey.bits} bits and can be broken.` };
  },
};
