import type { CodeEntry } from "../../core/finding.ts";

const DER = "X.690 (DER)";

/** The faults that end the reading: past them the facts would be guesses. */
export const derTruncated: CodeEntry = {
  code: "der.truncated",
  severity: "fatal",
  summary: "The data ends before the element that it announces.",
  hint: "Copy the certificate again, whole: the end of it is missing.",
  source: `${DER} 8.1.3`,
};

export const derNotCertificate: CodeEntry = {
  code: "der.not_certificate",
  severity: "fatal",
  summary: "The data is not an X.509 certificate.",
  hint: "Download the signing certificate from the identity provider again.",
  source: "RFC 5280, 4.1",
};

export const derBerIndefinite: CodeEntry = {
  code: "der.ber_indefinite",
  severity: "fatal",
  summary: "An element has BER's indefinite length; a certificate must be DER.",
  hint: "Ask the issuer for a DER-encoded certificate.",
  source: `${DER} 10.1`,
};

export const derNonMinimalLength: CodeEntry = {
  code: "der.non_minimal_length",
  severity: "fatal",
  summary: "A length is written in more bytes than it needs; a certificate must be DER.",
  hint: "Ask the issuer for a DER-encoded certificate.",
  source: `${DER} 10.1`,
};

export const derTrailingData: CodeEntry = {
  code: "der.trailing_data",
  severity: "error",
  summary: "There are bytes after the end of an element.",
  hint: "Use the certificate without them: parsers disagree on whether they count, and so on the fingerprint.",
  source: "RFC 5280, 4.1; X.690 8.1",
};

export const derNonMinimalInteger: CodeEntry = {
  code: "der.non_minimal_integer",
  severity: "error",
  summary: "An INTEGER has a superfluous leading byte.",
  hint: "Ask the issuer for a new certificate: OpenSSL and Node refuse this one.",
  source: `${DER} 8.3.2`,
};

export const derBoolean: CodeEntry = {
  code: "der.boolean_not_canonical",
  severity: "error",
  summary: "A BOOLEAN is neither 00 nor FF.",
  hint: "Ask the issuer for a DER-encoded certificate: strict parsers refuse this one.",
  source: `${DER} 11.1`,
};

export const derDefaultEncoded: CodeEntry = {
  code: "der.default_encoded",
  severity: "error",
  summary: "A value that equals its DEFAULT is written out.",
  hint: "Ask the issuer for a DER-encoded certificate: pyca/cryptography refuses this one.",
  source: `${DER} 11.5`,
};

export const derNullContent: CodeEntry = {
  code: "der.null_content",
  severity: "error",
  summary: "A NULL has content.",
  hint: "Ask the issuer for a DER-encoded certificate: OpenSSL and Node refuse this one.",
  source: `${DER} 8.8.2`,
};

export const derUnusedBits: CodeEntry = {
  code: "der.unused_bits",
  severity: "error",
  summary: "A BIT STRING does not end as DER wants.",
  hint: "Ask the issuer for a DER-encoded certificate.",
  source: `${DER} 11.2`,
};

export const derStringCharset: CodeEntry = {
  code: "der.string_charset",
  severity: "error",
  summary: "A name holds characters that its string type does not have.",
  hint: "Ask the issuer for a certificate whose name is a UTF8String: strict parsers refuse this one.",
  source: "X.680 41; RFC 5280, 4.1.2.4",
};

export const derStringType: CodeEntry = {
  code: "der.string_type",
  severity: "error",
  summary: "A value of a name is of a type that names do not have.",
  hint: "Ask the issuer for a certificate whose name is a UTF8String: OpenSSL and Node refuse this one.",
  source: "RFC 5280, 4.1.2.4",
};

export const derSetOrder: CodeEntry = {
  code: "der.set_order",
  severity: "warning",
  summary: "The parts of a multi-valued RDN are not in DER's order.",
  hint: "Nothing for SAML; compare names of this certificate by value and not by bytes.",
  source: `${DER} 11.6`,
};

export const timeMalformed: CodeEntry = {
  code: "time.malformed",
  severity: "fatal",
  summary: "A date of the certificate is not a UTCTime or GeneralizedTime.",
  hint: "Ask for a new certificate: software that takes this one reads a wrong date from it.",
  source: "RFC 5280, 4.1.2.5",
};

export const timeCalendar: CodeEntry = {
  code: "time.calendar",
  severity: "fatal",
  summary: "A date of the certificate is not in the calendar.",
  hint: "Ask for a new certificate: software that takes this one reads a wrong date from it.",
  source: "RFC 5280, 4.1.2.5",
};

export const timeNotZulu: CodeEntry = {
  code: "time.not_zulu",
  severity: "fatal",
  summary: "A date of the certificate is not in UTC (it must end in Z).",
  hint: "Ask for a new certificate: software that takes this one reads a wrong date from it.",
  source: "RFC 5280, 4.1.2.5",
};

export const timeNoSeconds: CodeEntry = {
  code: "time.no_seconds",
  severity: "fatal",
  summary: "A date of the certificate has no seconds.",
  hint: "Ask for a new certificate: OpenSSL 3.5 refuses it, and older software reads 1899 from it.",
  source: "RFC 5280, 4.1.2.5",
};

export const timeFraction: CodeEntry = {
  code: "time.fraction",
  severity: "fatal",
  summary: "A date of the certificate has fractions of a second.",
  hint: "Ask for a new certificate whose dates are whole seconds.",
  source: "RFC 5280, 4.1.2.5.2",
};

export const derCodes: readonly CodeEntry[] = [
  derTruncated,
  derNotCertificate,
  derBerIndefinite,
  derNonMinimalLength,
  derTrailingData,
  derNonMinimalInteger,
  derBoolean,
  derDefaultEncoded,
  derNullContent,
  derUnusedBits,
  derStringCharset,
  derStringType,
  derSetOrder,
  timeMalformed,
  timeCalendar,
  timeNotZulu,
  timeNoSeconds,
  timeFraction,
];
