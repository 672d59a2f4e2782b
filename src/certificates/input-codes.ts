import type { CodeEntry } from "../core/finding.ts";

export const inputEmpty: CodeEntry = {
  code: "input.empty",
  severity: "fatal",
  summary: "The input is empty.",
  hint: "Paste the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
};

export const inputTooLarge: CodeEntry = {
  code: "input.too_large",
  severity: "fatal",
  summary: "The input is larger than 256 KiB.",
  hint: "Paste one certificate; a real one has 1 to 50 KB.",
};

export const inputNotCertificate: CodeEntry = {
  code: "input.not_certificate",
  severity: "fatal",
  summary: "The input is not a certificate, nor anything that one could be read from.",
  hint: "Paste the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
};

export const inputCodes: readonly CodeEntry[] = [inputEmpty, inputTooLarge, inputNotCertificate];
