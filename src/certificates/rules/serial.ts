import type { CertificateRules } from "./subject.ts";

export const serialRules: CertificateRules<`serial.${string}`> = {
  "serial.negative_or_zero": {
    check({ certificate: { serialNumber } }) {
      if (serialNumber === "00") return { values: { sign: "zero" } };
      return (
        Number.parseInt(serialNumber.slice(0, 2), 16) >= 0x80 && { values: { sign: "negative" } }
      );
    },
  },
  "serial.too_long": {
    check({ certificate: { serialNumber } }) {
      const bytes = serialNumber.length / 2;
      return bytes > 20 && { values: { bytes } };
    },
  },
  "serial.low_entropy": {
    optIn: true,
    check({ certificate }) {
      return certificate.serialNumber.length < 16;
    },
  },
};
