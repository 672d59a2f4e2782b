import type { Rule } from "./rule.ts";

export const serialTooLong: Rule = {
  code: "serial.too_long",
  severity: "notice",
  summary: "The serial number has more than 20 octets.",
  hint: "Nothing for SAML software.",
  source: "RFC 5280, 4.1.2.2",
  check({ certificate }) {
    return certificate.serialNumber.length > 40;
  },
};
