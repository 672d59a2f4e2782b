import { listOf, type Rule } from "./rule.ts";
import { looksLikeEncryption } from "./use-looks-like-encryption-cert.ts";

export const useKuWithoutDigitalSignature: Rule = {
  code: "use.ku_without_digital_signature",
  severity: "warning",
  summary: "The key usage does not allow signatures.",
  hint: "Check that this is the signing certificate; software that heeds key usage refuses it.",
  source: "RFC 5280, 4.2.1.3",
  check({ certificate }) {
    const usages = listOf(certificate, "keyUsage");
    return (
      usages !== undefined &&
      !usages.includes("digitalSignature") &&
      !usages.includes("nonRepudiation") &&
      !looksLikeEncryption(certificate)
    );
  },
};
