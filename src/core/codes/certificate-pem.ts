/** Reading PEM. */
export const pemCodes = {
  "base64.illegal_char": [
    "fatal",
    "There is a character that base64 does not have.",
    "Copy the certificate again from the identity provider, as a file if you can.",
    "RFC 4648, 4",
  ],
  "base64.bad_padding": [
    "fatal",
    "The base64 does not end as it must: characters are missing or the padding is wrong.",
    "Copy the certificate again, whole.",
    "RFC 4648, 4",
  ],
  "base64.data_after_padding": [
    "fatal",
    "The base64 goes on after its padding.",
    "Two certificates may have run into one another: copy one of them.",
    "RFC 4648, 4",
  ],
  "base64.nonzero_pad_bits": [
    "warning",
    "The last base64 character holds bits that belong to no byte.",
    "Use the PEM of this report: strict parsers refuse the one that was given.",
    "RFC 4648, 3.5",
  ],
  "pem.missing_begin": [
    "fatal",
    "The line -----BEGIN CERTIFICATE----- is missing.",
    "Copy the certificate with its first and last line.",
    "RFC 7468, 2",
  ],
  "pem.missing_end": [
    "fatal",
    "The line -----END CERTIFICATE----- is missing.",
    "Copy the certificate with its first and last line.",
    "RFC 7468, 2",
  ],
  "pem.label_mismatch": [
    "fatal",
    "The labels of the BEGIN line and the END line differ.",
    "Copy the certificate again, from its BEGIN line to the END line that belongs to it.",
    "RFC 7468, 2",
  ],
  "pem.wrong_label": [
    "fatal",
    "The label of the PEM block does not say CERTIFICATE.",
    "Paste the block between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.",
    "RFC 7468, 4",
  ],
  "pem.multiple_certificates": [
    "fatal",
    "There is more than one certificate.",
    "Paste only the certificate that the identity provider signs with.",
    "RFC 7468, 2",
  ],
  "pem.empty_body": [
    "fatal",
    "There is nothing between the BEGIN line and the END line.",
    "Copy the certificate again, whole.",
    "RFC 7468, 2",
  ],
} as const;
