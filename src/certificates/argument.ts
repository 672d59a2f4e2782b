import { isObject, isText, need } from "../core/argument.ts";
import type { Certificate } from "./types.ts";

/** True for a certificate of the reader, false for one from JSON. Throws if its parts are missing. */
function isCertificate(value: Certificate): boolean {
  const { pem, derBase64, fingerprint, publicKey, subject, issuer } = value;
  const texts = [pem, derBase64, fingerprint.sha256, publicKey.spkiSha256];
  return (
    [...texts, subject.text, issuer.text].every(isText) &&
    [value.notBefore, value.notAfter].every((time) => Number.isInteger(time.unixSeconds)) &&
    value.extensions.every(isObject)
  );
}

/** Throws a `TypeError` unless it is a certificate. */
export function needCertificate(value: Certificate, argument = "certificate"): void {
  need(() => isCertificate(value), argument, "a Certificate, as parseCertificate gives it");
}

export function needCertificates(list: readonly Certificate[], argument: string): void {
  need(() => list.every(isCertificate), argument, "a list of Certificates");
}
