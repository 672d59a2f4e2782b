import { isText, need } from "../core/argument.ts";
import type { Certificate } from "./types.ts";

/** Throws a `TypeError` unless it is a certificate that was read, or one that came back from JSON. */
export function needCertificate(value: Certificate, argument = "certificate"): void {
  need(
    () => {
      const { pem, derBase64, fingerprint, publicKey, subject, issuer, extensions } = value;
      const times = [value.notBefore.unixSeconds, value.notAfter.unixSeconds];
      return (
        [pem, derBase64, fingerprint.sha256, publicKey.spkiSha256].every(isText) &&
        [subject.text, issuer.text].every(isText) &&
        times.every(Number.isInteger) &&
        Array.isArray(extensions)
      );
    },
    argument,
    "a Certificate, as parseCertificate gives it",
  );
}
