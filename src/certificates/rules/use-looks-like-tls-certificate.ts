import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { Certificate } from "../types.ts";
import { extensionNamed, isSelfIssued, listOf, type Rule } from "./rule.ts";

/** Issued by a public authority for a web server: logged for transparency, or short and for serverAuth. */
export function looksLikeTls(certificate: Certificate): boolean {
  if (isSelfIssued(certificate)) return false;
  if (extensionNamed(certificate, "signedCertificateTimestampList") !== undefined) return true;
  const days =
    (certificate.notAfter.unixSeconds - certificate.notBefore.unixSeconds) / SECONDS_PER_DAY;
  const forServers = listOf(certificate, "extKeyUsage")?.includes("serverAuth") === true;
  return (
    forServers && days <= 398 && extensionNamed(certificate, "authorityInfoAccess") !== undefined
  );
}

export const useLooksLikeTlsCertificate: Rule = {
  code: "use.looks_like_tls_certificate",
  severity: "warning",
  summary: "This looks like the certificate of a web server, not the one that signs assertions.",
  hint: "Download the signing certificate from the SAML settings of the identity provider, not from the browser's address bar.",
  source: "CA/B Forum BR 7.1.2; RFC 6962",
  check({ certificate }) {
    return looksLikeTls(certificate) ? {} : undefined;
  },
};
