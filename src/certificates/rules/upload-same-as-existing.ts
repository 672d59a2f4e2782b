import { sameCertificate } from "../compare.ts";
import type { Rule } from "./rule.ts";

export const uploadSameAsExisting: Rule = {
  code: "upload.same_as_existing",
  severity: "error",
  summary: "This certificate is stored already.",
  hint: "Nothing has to be uploaded; check that it is the new certificate that you wanted to add.",
  source: "comparison of SHA-256 fingerprints",
  check({ certificate, existing }) {
    return existing.some((stored) => sameCertificate(stored, certificate));
  },
};
