import { needCertificate } from "./argument.ts";
import type { Certificate, SsoCertificate } from "./types.ts";

/**
 * The certificate as an SSO provider stores it: PEM text, and its validity in integer unix seconds.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificate, toSsoCertificate } from "samlcert/certificates";
 *
 * const body = toSsoCertificate(parseCertificate(readFileSync("idp.pem")));
 * console.log(body.not_before, body.not_after);
 * ```
 */
export function toSsoCertificate(certificate: Certificate): SsoCertificate {
  needCertificate(certificate);
  return {
    public_certificate: certificate.pem,
    not_before: certificate.notBefore.unixSeconds,
    not_after: certificate.notAfter.unixSeconds,
  };
}
