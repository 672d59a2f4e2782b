import { sameCertificate } from "../compare.ts";
import type { Rule } from "./rule.ts";

export const uploadShorterLife: Rule = {
  code: "upload.shorter_life",
  severity: "notice",
  summary: "A stored certificate is valid for longer than this one.",
  hint: "Check that this is the new certificate and not the old one.",
  source: "comparison of notAfter",
  check({ certificate, existing }) {
    const others = existing.filter((stored) => !sameCertificate(stored, certificate));
    const longer = others.some(
      (stored) => stored.notAfter.unixSeconds > certificate.notAfter.unixSeconds,
    );
    return longer;
  },
};
