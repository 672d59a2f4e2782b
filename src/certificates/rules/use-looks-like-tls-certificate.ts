import { SECONDS_PER_DAY } from "../../core/time.ts";
import { isSelfIssued } from "../compare.ts";
import type { Certificate } from "../types.ts";
import { extensionNamed, listOf, type Rule } from "./rule.ts";

/** Issued by a public authority for a web server: logged for transparency, or short and for serverAuth. */
export function looksLikeTls(certificate: Certificate): boolean {
  if (isSelfIssued(certificate)) return false;
  if (extensionNamed(certificate, "signedCertificateTimestampList") !== undefined) return true;
  const { notBefore, notAfter } = certificate;
  return (
    isForServers(certificate) &&
    notAfter.unixSeconds - notBefore.unixSeconds <= 398 * SECONDS_PER_DAY &&
    extensionNamed(certificate, "authorityInfoAccess") !== undefined
  );
}

export function isForServers(certificate: Certificate): boolean {
  return listOf(certificate, "extKeyUsage")?.includes("serverAuth") === true;
}

export const useLooksLikeTlsCertificate: Rule = {
  code: "use.looks_like_tls_certificate",
  severity: "warning",
  summary: "This looks like the certificate of a web server, not the one that signs assertions.",
  hint: "Download the signing certificate from the SAML settings of the identity provider, not from the browser's address bar.",
  source: "CA/B Forum BR 7.1.2; RFC 6962",
  check({ certificate }) {
    return looksLikeTls(certificate);
  },
};
