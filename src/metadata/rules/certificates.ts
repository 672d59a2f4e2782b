import { validateCertificate } from "../../certificates/index.ts";
import { findPrivateKey } from "../../certificates/private-key.ts";
import type { Finding } from "../../core/finding.ts";
import { bytesOfBase64 } from "../../xml/utf8.ts";
import { keysOf } from "../read/read-key-info.ts";
import { children, is } from "./find.ts";
import type { MetadataRules, Visit } from "./rule.ts";

/** PEM armour of a private key of any format. */
const ARMOUR = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;

/** True for a certificate that gives a key of a role. */
function isKeyCertificate({ element, ancestors }: Visit): boolean {
  return is(element, "ds:X509Certificate") && ancestors.some((one) => is(one, "md:KeyDescriptor"));
}

/** Private fields of RSA keys that somebody wrote into XML (`RSAKeyValue` with D, or `RSAKeyPair`). */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set(["D", "P", "DP", "InverseQ"]);

/** True for an `<ds:X509Certificate>` with a private key in it, and for a key written as XML. */
function holdsPrivateKey({ element, certificates }: Visit): boolean {
  if (element.localName === "X509Certificate") {
    return (
      certificates.read(element.text) === undefined && findPrivateKey(element.text) !== undefined
    );
  }
  return (
    /^RSAKey(?:Value|Pair)$/.test(element.localName) &&
    element.children.some(({ localName, text }) => PRIVATE_FIELDS.has(localName) && text !== "")
  );
}

/** The certificates that keys are given in. */
export const certificateRules: MetadataRules<
  | "metadata.certificate.private_key"
  | "metadata.certificate.unreadable"
  | "metadata.certificate.armour"
  | "metadata.certificate.commented"
> = {
  "metadata.certificate.private_key": {
    on: ["*"],
    ofDocument: true,
    check: (visit) => ARMOUR.test(visit.element.text) || holdsPrivateKey(visit),
  },
  "metadata.certificate.unreadable": {
    on: ["ds:X509Certificate"],
    check: (visit) =>
      isKeyCertificate(visit) &&
      visit.certificates.read(visit.element.text) === undefined && {
        values: { reason: refusalOf(visit) ?? "It is not the base64 of exactly one certificate." },
      },
  },
  "metadata.certificate.armour": {
    on: ["ds:X509Certificate"],
    check: ({ element }) => element.text.includes("-----"),
  },
  "metadata.certificate.commented": {
    on: ["ds:X509Certificate", "ds:X509SubjectName", "ds:KeyName"],
    check: ({ element }) => element.commented && { values: { element: element.localName } },
  },
};

/** True for a certificate that is only listed as an issuer of the key's certificate. */
function isIssuer({ element, ancestors, certificates }: Visit): boolean {
  const texts = children(ancestors.at(-1) ?? element, "ds:X509Certificate").map(({ text }) => text);
  if (texts.length < 2) return false;
  const readable = texts.flatMap((text) => certificates.read(text) ?? []);
  const certificate = certificates.read(element.text);
  const keys = keysOf(readable, readable.length < texts.length);
  return certificate !== undefined && !keys.includes(certificate);
}

/**
 * The findings of the certificate layer about the certificate of a key. One that has expired is a
 * warning here: metadata names keys, and a key does not expire with its certificate (Metadata IOP
 * 2.6.1, Kantara IIP-MD12).
 */
export function certificateFindings(visit: Visit): readonly Finding[] {
  const isReadable = visit.certificates.read(visit.element.text) !== undefined;
  if (!isKeyCertificate(visit) || !isReadable || isIssuer(visit)) return [];
  return uploadFindings(visit).map((finding) => ({
    ...finding,
    severity:
      finding.code.startsWith("validity.") && finding.severity === "error"
        ? "warning"
        : finding.severity,
  }));
}

/** The reason for which an upload of the same bytes is refused. */
function refusalOf(visit: Visit): string | undefined {
  return uploadFindings(visit).find(({ severity }) => severity === "error")?.message;
}

/** The findings of an upload of the same bytes, the worst first. */
function uploadFindings({ element: { text }, now }: Visit): readonly Finding[] {
  const der = bytesOfBase64(text.replace(/-----[A-Z0-9 ]+-----/g, ""));
  if (der === undefined || der.length === 0) return [];
  return validateCertificate(der, { now }).findings.filter(({ code }) => code !== "kind.der_file");
}
