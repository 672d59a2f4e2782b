import type { Rule } from "./rule.ts";

export const keyRsaSmallExponent: Rule = {
  code: "key.rsa_small_exponent",
  severity: "warning",
  summary: "The RSA exponent is smaller than 65537.",
  hint: "Ask for a key with the exponent 65537 at the next replacement.",
  source: "FIPS 186-5, 5.4",
  check({ certificate: { publicKey } }) {
    const { exponent = "" } = publicKey;
    const small =
      exponent !== "" && exponent !== "1" && exponent.length <= 5 && Number(exponent) < 65_537;
    return small && { message: `The RSA exponent is ${exponent}, smaller than 65537.` };
  },
};
