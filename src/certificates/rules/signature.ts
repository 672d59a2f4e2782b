import { isSelfIssued } from "../compare.ts";
import type { CertificateRules } from "./subject.ts";

export const signatureRules: CertificateRules<`sig.${string}`> = {
  "sig.self_issued": {
    optIn: true,
    check({ certificate }) {
      return isSelfIssued(certificate);
    },
  },
  "sig.sha1": {
    check({ certificate: { signatureAlgorithm } }) {
      return signatureAlgorithm.name.toLowerCase().includes("sha1");
    },
  },
  "sig.md5": {
    check({ certificate: { signatureAlgorithm } }) {
      return signatureAlgorithm.name.startsWith("md");
    },
  },
  "sig.ca_issued": {
    check({ certificate }) {
      return !isSelfIssued(certificate) && { values: { issuer: certificate.issuer.text } };
    },
  },
};
