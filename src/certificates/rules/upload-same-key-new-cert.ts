import { sameCertificate, sameKey } from "../compare.ts";
import type { Rule } from "./rule.ts";

export const uploadSameKeyNewCert: Rule = {
  code: "upload.same_key_new_cert",
  severity: "notice",
  summary: "A stored certificate has the same key: this is a renewal.",
  hint: "Nothing has to be done; signatures are verified with either of them.",
  source: "SAML V2.0 Metadata Interoperability Profile 1.0, 2.5.1",
  check({ certificate, existing }) {
    const renewed = existing.some(
      (stored) => sameKey(stored, certificate) && !sameCertificate(stored, certificate),
    );
    return renewed;
  },
};
