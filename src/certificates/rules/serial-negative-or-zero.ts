import type { Rule } from "./rule.ts";

export const serialNegativeOrZero: Rule = {
  code: "serial.negative_or_zero",
  severity: "warning",
  summary: "The serial number is zero or negative.",
  hint: "Nothing for most SAML software; Go 1.23 and later refuse a negative one.",
  source: "RFC 5280, 4.1.2.2",
  check({ certificate: { serialNumber } }) {
    const negative = Number.parseInt(serialNumber.slice(0, 2), 16) >= 0x80;
    const zero = serialNumber === "00";
    return (negative || zero) && { message: `The serial number is ${zero ? "zero" : "negative"}.` };
  },
};
