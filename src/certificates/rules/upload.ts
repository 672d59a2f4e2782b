import { sameCertificate, sameKey } from "../compare.ts";
import type { Certificate } from "../types.ts";
import type { CertificateRules, CertificateSubject } from "./subject.ts";

/** The stored certificates, without the one that is judged. */
function others({ certificate, existing }: CertificateSubject): readonly Certificate[] {
  return existing.filter((stored) => !sameCertificate(stored, certificate));
}

export const uploadRules: CertificateRules<`upload.${string}`> = {
  "upload.same_as_existing": {
    check({ certificate, existing }) {
      return existing.some((stored) => sameCertificate(stored, certificate));
    },
  },
  "upload.same_key_new_cert": {
    check(subject) {
      return others(subject).some((stored) => sameKey(stored, subject.certificate));
    },
  },
  "upload.no_overlap_with_current": {
    check(subject) {
      const stored = others(subject);
      const { unixSeconds, iso } = subject.certificate.notBefore;
      return (
        stored.length > 0 &&
        stored.every(({ notAfter }) => notAfter.unixSeconds < unixSeconds) && {
          values: { start: iso },
        }
      );
    },
  },
  "upload.shorter_life": {
    check(subject) {
      const end = subject.certificate.notAfter.unixSeconds;
      return others(subject).some(({ notAfter }) => notAfter.unixSeconds > end);
    },
  },
};
