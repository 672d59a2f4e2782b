/** DER that cannot be read, or not by every parser to the same result. */
export const derCodes = {
  "der.truncated": [
    "fatal",
    "The data ends before the element that it announces.",
    "Copy the whole certificate again: its end is missing.",
    "X.690 (DER) 8.1.3",
  ],
  "der.not_certificate": [
    "fatal",
    "The data is not an X.509 certificate.",
    "Download the signing certificate from the identity provider again.",
    "RFC 5280, 4.1",
  ],
  "der.ber_indefinite": [
    "fatal",
    "An element has an indefinite length, which BER allows and DER does not.",
    "Ask the identity provider for a DER-encoded certificate.",
    "X.690 (DER) 10.1",
  ],
  "der.non_minimal_length": [
    "error",
    "A length uses more bytes than it needs, which DER does not allow.",
    "Ask the identity provider for a DER-encoded certificate: parsers disagree on the fingerprint of this one.",
    "X.690 (DER) 10.1",
  ],
  "der.trailing_data": [
    "error",
    "Extra bytes follow the end of an element.",
    "Remove them: parsers disagree on whether they count, and so on the fingerprint.",
    "RFC 5280, 4.1; X.690 8.1",
  ],
  "time.malformed": [
    "fatal",
    "A date is neither a valid UTCTime nor a valid GeneralizedTime.",
    "Ask the identity provider for a new certificate: software that accepts this one reads a wrong date.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.calendar": [
    "fatal",
    "A date does not exist in the calendar.",
    "Ask the identity provider for a new certificate: software that accepts this one reads a wrong date.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.not_zulu": [
    "fatal",
    "A date is not in UTC: it must end in Z.",
    "Ask the identity provider for a new certificate: software that accepts this one reads a wrong date.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.no_seconds": [
    "fatal",
    "A date has no seconds.",
    "Ask the identity provider for a new certificate: software that accepts this one reads a wrong date.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.fraction": [
    "fatal",
    "A date has fractions of a second.",
    "Ask the identity provider for a new certificate: software that accepts this one reads a wrong date.",
    "RFC 5280, 4.1.2.5.2",
  ],
} as const;
