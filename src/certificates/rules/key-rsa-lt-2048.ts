import type { Rule } from "./rule.ts";

export const keyRsaLt2048: Rule = {
  code: "key.rsa_lt_2048",
  severity: "error",
  summary: "The RSA key has fewer than 2048 bits.",
  hint: "Ask the identity provider for a certificate with an RSA key of 2048 bits or more.",
  source: "NIST SP 800-131A Rev. 2, 3",
  check({ certificate: { publicKey } }) {
    const { algorithm, bits } = publicKey;
    return (
      algorithm.startsWith("RSA") &&
      bits >= 1024 &&
      bits < 2048 && {
        message: `The RSA key has ${bits} bits; fewer than 2048 are no longer allowed for signatures.`,
      }
    );
  },
};
