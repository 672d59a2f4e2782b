import type { Rule } from "./rule.ts";

export const keyRsaLt1024: Rule = {
  code: "key.rsa_lt_1024",
  severity: "error",
  summary: "The RSA key has fewer than 1024 bits and can be broken.",
  hint: "Ask the identity provider for a certificate with an RSA key of 2048 bits or more.",
  source: "NIST SP 800-131A Rev. 2, 3",
  check({ certificate: { publicKey } }) {
    const { algorithm, bits } = publicKey;
    return (
      algorithm.startsWith("RSA") &&
      bits > 0 &&
      bits < 1024 && { message: `The RSA key has ${bits} bits and can be broken.` }
    );
  },
};
