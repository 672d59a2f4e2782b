/** DER that cannot be read, or not by every parser to the same result. */
export const derCodes = {
  "der.truncated": [
    "fatal",
    "The data ends too early.",
    "Copy the whole certificate again.",
    "X.690 8.1.3",
  ],
  "der.not_certificate": [
    "fatal",
    "The data is not an X.509 certificate.",
    "Download the signing certificate from the identity provider again.",
    "RFC 5280 4.1",
  ],
  "der.ber_indefinite": [
    "fatal",
    "An element has an indefinite length, which DER does not allow.",
    "Ask the identity provider for a DER-encoded certificate.",
    "X.690 10.1",
  ],
  "der.non_minimal_length": [
    "error",
    "A length uses more bytes than it needs, which DER does not allow.",
    "Ask the identity provider for a DER-encoded certificate.",
    "X.690 10.1",
  ],
  "der.trailing_data": [
    "error",
    "Extra bytes follow the end of an element.",
    "Remove them: parsers disagree on them, and so on the fingerprint.",
    "RFC 5280 4.1",
  ],
  "time.malformed": [
    "fatal",
    "A date is neither a valid UTCTime nor a valid GeneralizedTime.",
    "Ask the identity provider for a new certificate.",
    "RFC 5280 4.1.2.5",
  ],
  "time.calendar": [
    "fatal",
    "A date does not exist in the calendar.",
    "Ask the identity provider for a new certificate.",
    "RFC 5280 4.1.2.5",
  ],
  "time.not_zulu": [
    "fatal",
    "A date is not in UTC: it must end in Z.",
    "Ask the identity provider for a new certificate.",
    "RFC 5280 4.1.2.5",
  ],
  "time.no_seconds": [
    "fatal",
    "A date has no seconds.",
    "Ask the identity provider for a new certificate.",
    "RFC 5280 4.1.2.5",
  ],
  "time.fraction": [
    "fatal",
    "A date has fractions of a second.",
    "Ask the identity provider for a new certificate.",
    "RFC 5280 4.1.2.5",
  ],
} as const;
