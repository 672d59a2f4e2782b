import { SECONDS_PER_DAY } from "../../core/time.ts";
import { isSelfIssued } from "../compare.ts";
import type { Certificate } from "../types.ts";
import { extensionNamed, isAuthority, listOf } from "../x509/extensions/find.ts";
import type { CertificateRules } from "./subject.ts";

/** AD FS says so in the name; others by a key usage for encipherment only. */
function looksLikeEncryption(certificate: Certificate): boolean {
  const name = certificate.subject.text.toLowerCase();
  if (name.includes("adfs encryption") || name.includes("token-decrypt")) return true;
  const usages = listOf(certificate, "keyUsage") ?? [];
  return (
    usages.length > 0 &&
    usages.every((usage) => usage.endsWith("Encipherment") || usage === "keyAgreement")
  );
}

function isForServers(certificate: Certificate): boolean {
  return listOf(certificate, "extKeyUsage")?.includes("serverAuth") === true;
}

/** Issued by a public authority for a web server: in a transparency log, or short and for serverAuth. */
function looksLikeTls(certificate: Certificate): boolean {
  if (isSelfIssued(certificate)) return false;
  if (extensionNamed(certificate, "signedCertificateTimestampList") !== undefined) return true;
  const { notBefore, notAfter } = certificate;
  return (
    isForServers(certificate) &&
    notAfter.unixSeconds - notBefore.unixSeconds <= 398 * SECONDS_PER_DAY &&
    extensionNamed(certificate, "authorityInfoAccess") !== undefined
  );
}

export const useRules: CertificateRules<`use.${string}`> = {
  "use.ku_without_digital_signature": {
    check({ certificate }) {
      const usages = listOf(certificate, "keyUsage");
      return (
        usages !== undefined &&
        !usages.includes("digitalSignature") &&
        !usages.includes("nonRepudiation") &&
        !looksLikeEncryption(certificate)
      );
    },
  },
  "use.looks_like_encryption_cert": {
    check({ certificate }) {
      return looksLikeEncryption(certificate);
    },
  },
  "use.ca_true": {
    check({ certificate }) {
      return isAuthority(certificate);
    },
  },
  "use.eku_server_auth": {
    check({ certificate }) {
      return isForServers(certificate) && !looksLikeTls(certificate);
    },
  },
  "use.looks_like_tls_certificate": {
    check({ certificate }) {
      return looksLikeTls(certificate);
    },
  },
};
