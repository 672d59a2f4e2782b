import type { Certificate } from "../types.ts";
import { listOf, type Rule } from "./rule.ts";

/** AD FS names it; others say it with a key usage of encipherment alone. */
export function looksLikeEncryption(certificate: Certificate): boolean {
  const name = certificate.subject.text.toLowerCase();
  if (name.includes("adfs encryption") || name.includes("token-decrypt")) return true;
  const usages = listOf(certificate, "keyUsage") ?? [];
  return (
    usages.length > 0 &&
    usages.every((usage) => usage.endsWith("Encipherment") || usage === "keyAgreement")
  );
}

export const useLooksLikeEncryptionCert: Rule = {
  code: "use.looks_like_encryption_cert",
  severity: "warning",
  summary: "This looks like the certificate for encryption, not the one that signs.",
  hint: "Download the token-signing certificate of the identity provider.",
  source: "RFC 5280, 4.2.1.3; AD FS names its certificates so",
  check({ certificate }) {
    return looksLikeEncryption(certificate);
  },
};
