import type { Rule } from "./rule.ts";

export const keyEcLt224: Rule = {
  code: "key.ec_lt_224",
  severity: "error",
  summary: "The curve of the key has fewer than 224 bits.",
  hint: "Ask for P-256, P-384 or P-521.",
  source: "NIST SP 800-131A Rev. 2, 3",
  check({ certificate: { publicKey } }) {
    return publicKey.algorithm === "EC" && publicKey.bits > 0 && publicKey.bits < 224;
  },
};
