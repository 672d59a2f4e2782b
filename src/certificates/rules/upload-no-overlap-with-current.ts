import { sameCertificate } from "../compare.ts";
import type { Rule } from "./rule.ts";

export const uploadNoOverlapWithCurrent: Rule = {
  code: "upload.no_overlap_with_current",
  severity: "warning",
  summary: "There is a gap between the stored certificates and this one.",
  hint: "Upload a certificate that is valid before the last stored one ends.",
  source: "comparison of notAfter and notBefore",
  check({ certificate, existing }) {
    const others = existing.filter((stored) => !sameCertificate(stored, certificate));
    if (others.length === 0) return undefined;
    const end = Math.max(...others.map((stored) => stored.notAfter.unixSeconds));
    if (certificate.notBefore.unixSeconds <= end) return undefined;
    return {
      message: `The stored certificates end before this one begins on ${certificate.notBefore.iso}.`,
    };
  },
};
