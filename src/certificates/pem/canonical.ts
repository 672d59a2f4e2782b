import { fromCleanBase64 } from "../../core/bytes.ts";
import { type CertificateReading, readCertificate } from "../x509/certificate.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

/**
 * Reads a text that is one certificate in RFC 7468's strict form and nothing else, but for CRLF or a
 * missing final newline: the usual case, and the reason for this short cut. A text that equals its own
 * canonical form needs no closer look: whatever is wrong in it would make the two differ.
 */
export function readCanonicalPem(text: string): CertificateReading | undefined {
  if (!text.startsWith(BEGIN)) return undefined;
  const plain = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  const end = plain.indexOf(END, BEGIN.length);
  const size = end + END.length;
  if (end < 0 || plain.length > size + 1) return undefined;
  const der = fromCleanBase64(plain.slice(BEGIN.length, end));
  if (der === undefined || der[0] !== 0x30) return undefined;
  try {
    const reading = readCertificate(der);
    const { pem } = reading.certificate;
    return pem === plain || (plain.length === size && pem === `${plain}\n`) ? reading : undefined;
  } catch {
    // The long way says what is wrong, and where in the text.
    return undefined;
  }
}
