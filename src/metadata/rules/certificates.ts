import { validateCertificate } from "../../certificates/index.ts";
import type { Finding } from "../../core/finding.ts";
import { isPrivateKeyText } from "../read/private-key.ts";
import { descendants, type Rule, type Visit } from "./rule.ts";

/** The certificates that keys are given in. */
export const certificateRules: readonly Rule[] = [
  {
    code: "metadata.certificate.private_key",
    severity: "error",
    ofDocument: true,
    summary: "A private key stands where a certificate should.",
    hint: "Take the document down, throw the key away, and make a new one.",
    source: "SAML V2.0 Metadata, 2.4.1.1",
    on: ["*"],
    check: ({ element }) =>
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(element.text) ||
      (element.localName === "X509Certificate" && isPrivateKeyText(element.text))
        ? "There is a private key in the document."
        : undefined,
  },
  {
    code: "metadata.certificate.unreadable",
    severity: "error",
    summary: "A certificate cannot be read.",
    hint: "Put the base64 of one DER certificate there, without header lines.",
    source: "XML Signature, 4.4.4",
    on: ["md:KeyDescriptor"],
    check: ({ element, certificates }) =>
      descendants(element, "ds:X509Certificate").some(
        ({ text }) => certificates.read(text) === undefined,
      )
        ? "An X509Certificate is not a readable certificate."
        : undefined,
  },
  {
    code: "metadata.certificate.armour",
    severity: "error",
    summary: "A certificate has PEM header lines around it.",
    hint: "Remove the BEGIN and END lines; XML holds the bare base64.",
    source: "XML Signature, 4.4.4",
    on: ["ds:X509Certificate"],
    check: ({ element }) =>
      element.text.includes("-----") ? "X509Certificate has PEM header lines." : undefined,
  },
  {
    code: "metadata.certificate.commented",
    severity: "error",
    summary: "A comment stands in a certificate.",
    hint: "Remove the comment: a signature does not cover it, and readers cut the text there.",
    source: "UK federation check_shibboleth; CVE-2017-11427",
    on: ["ds:X509Certificate", "ds:X509SubjectName", "ds:KeyName"],
    check: ({ element }) =>
      element.commented ? `A comment stands in ${element.localName}.` : undefined,
  },
];

/**
 * What the certificate layer has to say of each certificate. An expired one is a warning here: metadata
 * names keys, and a key does not expire with its certificate (Metadata IOP 2.6.1, Kantara IIP-MD12).
 */
export function certificateFindings({ element, now, certificates }: Visit): readonly Finding[] {
  const certificate = certificates.read(element.text);
  if (certificate === undefined) return [];
  return validateCertificate(certificate.pem, { now }).findings.map((finding) => ({
    ...finding,
    severity:
      finding.code.startsWith("validity.") && finding.severity === "error"
        ? "warning"
        : finding.severity,
  }));
}
