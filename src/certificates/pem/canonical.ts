import { fromCleanBase64 } from "../../core/bytes.ts";
import type { Checks } from "../der/checks.ts";
import { MAX_INPUT } from "../limits.ts";
import { type CertificateReading, readCertificate } from "../x509/certificate.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----\n";

/**
 * The certificate of a text that is RFC 7468's strict form of it and nothing else: the usual case, in
 * which needs no search. Its bytes encode to the same text, so nothing is left out.
 */
export function readCanonicalPem(
  text: string,
  checks: Partial<Checks>,
): CertificateReading | undefined {
  if (text.length > MAX_INPUT || !text.startsWith(BEGIN)) return undefined;
  const body = text.slice(BEGIN.length, text.indexOf("-", BEGIN.length));
  const der = fromCleanBase64(body.replaceAll("\n", ""));
  if (der?.[0] !== 0x30) return undefined;
  try {
    const reading = readCertificate(der, checks);
    return reading.certificate.pem === text ? reading : undefined;
  } catch {
    // The long way says what is wrong, and where in the text.
    return undefined;
  }
}
