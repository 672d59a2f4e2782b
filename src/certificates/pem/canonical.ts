import { fromCleanBase64, toBase64 } from "../../core/bytes.ts";
import { type CertificateReading, readCertificate } from "../x509/certificate.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----\n";
const END = "-----END CERTIFICATE-----\n";
const COLUMNS = 64;
const NEWLINE = 10;

/**
 * Reads a text that is one certificate in RFC 7468's strict form and nothing else, but for CRLF or a
 * missing final newline: the usual case, and the reason for this short cut. Base64 that equals what
 * its bytes encode to needs no closer look: whatever is wrong in it would make the two differ.
 */
export function readCanonicalPem(text: string): CertificateReading | undefined {
  const unix = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  const pem = unix.endsWith("-") ? `${unix}\n` : unix;
  if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) return undefined;
  const body = pem.slice(BEGIN.length, -END.length);
  const base64 = body.replaceAll("\n", "");
  if (!isWrapped(body, base64.length)) return undefined;
  const der = fromCleanBase64(base64);
  if (der === undefined || der[0] !== 0x30) return undefined;
  if (toBase64(der) !== base64) return undefined;
  try {
    const reading = readCertificate(der, { base64, pem });
    return reading.der === der ? reading : undefined;
  } catch {
    // The long way says what is wrong, and where in the text.
    return undefined;
  }
}

/** True if the lines have 64 characters, the last one at most so many, and each ends in LF. */
function isWrapped(body: string, characters: number): boolean {
  if (body.length !== characters + Math.ceil(characters / COLUMNS)) return false;
  for (let i = COLUMNS; i < body.length; i += COLUMNS + 1)
    if (body.charCodeAt(i) !== NEWLINE) return false;
  return body.endsWith("\n");
}
