/** PEM that cannot be read, or not without guessing. */
export const pemCodes = {
  "base64.illegal_char": [
    "fatal",
    "The base64 contains a character that is not base64.",
    "Copy the whole certificate again.",
    "RFC 4648 4",
  ],
  "base64.bad_padding": [
    "fatal",
    "The base64 is incomplete, or its padding is wrong.",
    "Copy the whole certificate again.",
    "RFC 4648 4",
  ],
  "base64.data_after_padding": [
    "fatal",
    "The base64 continues after its end.",
    "Give each certificate in a block of its own.",
    "RFC 4648 4",
  ],
  "base64.nonzero_pad_bits": [
    "warning",
    "The last base64 character contains bits that belong to no byte.",
    "Use the repaired PEM: strict parsers refuse the given one.",
    "RFC 4648 3.5",
  ],
  "pem.missing_begin": [
    "fatal",
    "The line -----BEGIN CERTIFICATE----- is missing.",
    "Copy the whole certificate again.",
    "RFC 7468 2",
  ],
  "pem.missing_end": [
    "fatal",
    "The certificate is cut: the line -----END CERTIFICATE----- is missing.",
    "Copy the whole certificate again.",
    "RFC 7468 2",
  ],
  "pem.label_mismatch": [
    "fatal",
    "The labels of the BEGIN line and the END line differ.",
    "Copy the whole certificate again.",
    "RFC 7468 2",
  ],
  "pem.wrong_label": [
    "fatal",
    "The label of the PEM block is {label}, not CERTIFICATE.",
    "Give the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
    "RFC 7468 4",
  ],
  "pem.stray_text": [
    "fatal",
    "The text outside the PEM blocks could contain another certificate.",
    "Give each certificate in a block of its own.",
    "RFC 7468 2",
  ],
  "pem.multiple_certificates": [
    "fatal",
    "The input contains {count} certificates.",
    {
      library: "Give only the certificate that the identity provider signs with.",
      terminal:
        "Give only the certificate that the identity provider signs with. Show all with samlcert inspect FILE, or write them as PEM with samlcert inspect --pem FILE.",
    },
    "RFC 7468 2",
  ],
  "pem.empty_body": [
    "fatal",
    "The PEM block is empty.",
    "Copy the whole certificate again.",
    "RFC 7468 2",
  ],
} as const;
