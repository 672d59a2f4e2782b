import type { CodeEntry } from "../../core/finding.ts";

const PEM = "RFC 7468";

export const base64IllegalChar: CodeEntry = {
  code: "base64.illegal_char",
  severity: "fatal",
  summary: "There is a character that base64 does not have.",
  hint: "Copy the certificate again from the identity provider, as a file if you can.",
  source: "RFC 4648, 4",
};

export const base64BadPadding: CodeEntry = {
  code: "base64.bad_padding",
  severity: "fatal",
  summary: "The base64 does not end as it must: characters are missing or the padding is wrong.",
  hint: "Copy the certificate again, whole.",
  source: "RFC 4648, 4",
};

export const base64DataAfterPadding: CodeEntry = {
  code: "base64.data_after_padding",
  severity: "fatal",
  summary: "The base64 goes on after its padding.",
  hint: "Two certificates may have run into one another: copy one of them.",
  source: "RFC 4648, 4",
};

export const base64NonzeroPadBits: CodeEntry = {
  code: "base64.nonzero_pad_bits",
  severity: "warning",
  summary: "The last base64 character holds bits that belong to no byte.",
  hint: "Use the PEM of this report: strict parsers refuse the one that was given.",
  source: "RFC 4648, 3.5",
};

const pemMissingBegin: CodeEntry = {
  code: "pem.missing_begin",
  severity: "fatal",
  summary: "The line -----BEGIN CERTIFICATE----- is missing.",
  hint: "Copy the certificate with its first and last line.",
  source: `${PEM}, 2`,
};

export const pemMissingEnd: CodeEntry = {
  code: "pem.missing_end",
  severity: "fatal",
  summary: "The line -----END CERTIFICATE----- is missing.",
  hint: "Copy the certificate with its first and last line.",
  source: `${PEM}, 2`,
};

const pemLabelMismatch: CodeEntry = {
  code: "pem.label_mismatch",
  severity: "fatal",
  summary: "The labels of the BEGIN line and the END line differ.",
  hint: "Copy the certificate again, from its BEGIN line to the END line that belongs to it.",
  source: `${PEM}, 2`,
};

export const pemWrongLabel: CodeEntry = {
  code: "pem.wrong_label",
  severity: "fatal",
  summary: "The label of the PEM block does not say CERTIFICATE.",
  hint: "Paste the block between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.",
  source: `${PEM}, 4`,
};

export const pemMultipleCertificates: CodeEntry = {
  code: "pem.multiple_certificates",
  severity: "fatal",
  summary: "There is more than one certificate.",
  hint: "Paste only the certificate that the identity provider signs with.",
  source: `${PEM}, 2`,
};

export const pemEmptyBody: CodeEntry = {
  code: "pem.empty_body",
  severity: "fatal",
  summary: "There is nothing between the BEGIN line and the END line.",
  hint: "Copy the certificate again, whole.",
  source: `${PEM}, 2`,
};

export const secretPrivateKey: CodeEntry = {
  code: "secret.private_key",
  severity: "fatal",
  summary: "The input holds a private key. Nothing of it is repeated here.",
  hint: "Replace this key at the identity provider now, because it has left its place, and paste only the certificate.",
  source: "NIST SP 800-57 Part 1, 8.3.4",
};

export const pemCodes: readonly CodeEntry[] = [
  base64IllegalChar,
  base64BadPadding,
  base64DataAfterPadding,
  base64NonzeroPadBits,
  pemMissingBegin,
  pemMissingEnd,
  pemLabelMismatch,
  pemWrongLabel,
  pemMultipleCertificates,
  pemEmptyBody,
  secretPrivateKey,
];
