import { fromCleanBase64, toBase64 } from "../../core/bytes.ts";
import { MAX_INPUT } from "../limits.ts";
import { CHECKS } from "../strict/checks.ts";
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
  if (text.length > MAX_INPUT) return undefined;
  const pem = text.endsWith(END) ? text : withFinalNewline(text.replaceAll("\r\n", "\n"));
  if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) return undefined;
  const base64 = pem.slice(BEGIN.length, -END.length).replaceAll("\n", "");
  if (!isWrapped(pem, base64.length)) return undefined;
  const der = fromCleanBase64(base64);
  if (der === undefined || der[0] !== 0x30 || toBase64(der) !== base64) return undefined;
  try {
    const reading = readCertificate(der, CHECKS, { base64, pem });
    return reading.defects.length === 0 ? reading : undefined;
  } catch {
    // The long way says what is wrong, and where in the text.
    return undefined;
  }
}

function withFinalNewline(text: string): string {
  return text.endsWith("-") ? `${text}\n` : text;
}

/** True if the lines of the body have 64 characters, the last one at most so many, and each ends in LF. */
function isWrapped(pem: string, characters: number): boolean {
  const end = pem.length - END.length;
  if (end - BEGIN.length !== characters + Math.ceil(characters / COLUMNS)) return false;
  for (let i = BEGIN.length + COLUMNS; i < end; i += COLUMNS + 1) {
    if (pem.charCodeAt(i) !== NEWLINE) return false;
  }
  return pem.charCodeAt(end - 1) === NEWLINE;
}
