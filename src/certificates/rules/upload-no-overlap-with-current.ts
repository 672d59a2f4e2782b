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
    const { unixSeconds, iso } = certificate.notBefore;
    return (
      others.length > 0 &&
      others.every(({ notAfter }) => notAfter.unixSeconds < unixSeconds) && {
        message: `The stored certificates end before this one begins on ${iso}.`,
      }
    );
  },
};
