import { validateCertificate } from "../../certificates/index.ts";
import type { Finding } from "../../core/finding.ts";
import { descendants, type Rule, type Visit } from "./rule.ts";

/** The certificates that keys are given in. */
export const certificateRules: readonly Rule[] = [
  {
    code: "metadata.certificate.private_key",
    severity: "error",
    summary: "A private key stands where a certificate should.",
    hint: "Take the document down, throw the key away, and make a new one.",
    source: "SAML V2.0 Metadata, 2.4.1.1",
    on: ["*"],
    check: ({ element }) =>
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(element.text) ||
      isPrivateKey(element.text, element.localName)
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

/** The base64 of a SEQUENCE that begins with the version of PKCS#1, PKCS#8 or SEC 1. */
const KEY_START = /^(?:MII[A-Za-z0-9+/]{2}[AQgw]IBA|MIG.AgE[AB]|MH[cQ]CAQEE|MC4CAQAw)/;

function isPrivateKey(text: string, name: string): boolean {
  return name === "X509Certificate" && KEY_START.test(text.slice(0, 200).replace(/\s+/g, ""));
}

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
