import type { Rule } from "./rule.ts";

export const serialLowEntropy: Rule = {
  code: "serial.low_entropy",
  severity: "notice",
  optIn: true,
  summary: "The serial number has fewer than 64 bits.",
  hint: "Nothing for SAML software: identity providers often use a timestamp.",
  source: "CA/B Forum BR 7.1 (which does not apply to SAML)",
  check({ certificate }) {
    return certificate.serialNumber.length < 16;
  },
};
