import type { CertificateError } from "../core/errors.ts";
import { derTrailingData } from "./der/codes.ts";
import { inputEmpty, inputNotCertificate, inputTooLarge } from "./input-codes.ts";
import { MAX_INPUT } from "./limits.ts";
import { decodeBase64 } from "./pem/base64.ts";
import { locate, type PemBlock, readPemBlocks } from "./pem/blocks.ts";
import { pemMultipleCertificates, pemWrongLabel, secretPrivateKey } from "./pem/codes.ts";
import { problemError } from "./problem.ts";
import type { Certificate } from "./types.ts";
import { type CertificateReading, readCertificate } from "./x509/certificate.ts";

/** Labels that stand for a certificate: RFC 7468 section 5.1 and appendix A. */
const LABELS: readonly string[] = ["CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE"];

/**
 * Reads exactly one certificate from PEM (RFC 7468) or DER.
 *
 * Throws a {@link CertificateError} that says what is wrong and where: an ASN.1 path and byte offset
 * in the certificate, a line and column in the text. Mends nothing.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { parseCertificate } from "samlcert/certificates";
 *
 * const certificate = parseCertificate(await readFile("idp.pem"));
 * console.log(certificate.subject.text, certificate.notAfter.iso);
 * ```
 */
export function parseCertificate(input: string | Uint8Array): Certificate {
  const readings = readStrictly(input);
  const [first] = readings;
  if (first === undefined) throw problemError({ entry: inputNotCertificate });
  if (readings.length > 1) throw problemError({ entry: pemMultipleCertificates });
  return first.certificate;
}

/**
 * Reads all certificates of a PEM bundle, in its order, or the one of a DER file.
 *
 * Throws a {@link CertificateError} if any of them cannot be read, or if there is none.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { parseCertificates } from "samlcert/certificates";
 *
 * const bundle = parseCertificates(await readFile("bundle.pem", "utf8"));
 * console.log(bundle.map((certificate) => certificate.subject.text));
 * ```
 */
export function parseCertificates(input: string | Uint8Array): readonly Certificate[] {
  return readStrictly(input).map((reading) => reading.certificate);
}

/** The readings of RFC 7468 text or DER; throws at the first fault. */
export function readStrictly(input: string | Uint8Array): CertificateReading[] {
  if (input.length > MAX_INPUT) throw problemError({ entry: inputTooLarge });
  if (typeof input !== "string") {
    // A SEQUENCE's tag is the digit 0 in ASCII, which no PEM text begins with.
    if (input[0] === 0x30) return [readWhole(input)];
    return readStrictly(new TextDecoder().decode(input));
  }
  const blocks = readPemBlocks(input);
  if (blocks.length === 0) {
    throw problemError({ entry: input.trim() === "" ? inputEmpty : inputNotCertificate });
  }
  // First: whatever else is wrong, a key that has leaked is worse.
  if (blocks.some(({ label }) => label.includes("PRIVATE KEY"))) {
    throw problemError({ entry: secretPrivateKey });
  }
  return blocks.map((block) => readBlock(input, block));
}

function readBlock(text: string, block: PemBlock): CertificateReading {
  if (!LABELS.includes(block.label)) {
    throw problemError({ entry: pemWrongLabel, at: locate(text, block.start) });
  }
  const decoded = decodeBase64(text, block.bodyStart, block.bodyEnd);
  if (decoded.fault !== undefined) {
    throw problemError({ entry: decoded.fault, at: locate(text, decoded.offset) });
  }
  return readWhole(decoded.bytes);
}

/** A certificate and not a byte more: what follows would change its fingerprint elsewhere. */
function readWhole(der: Uint8Array): CertificateReading {
  const reading = readCertificate(der);
  const trailing = reading.defects.find(({ entry }) => entry === derTrailingData);
  if (trailing !== undefined) throw problemError(trailing);
  return reading;
}
