import type { SamlCertCode } from "../../core/codes/index.ts";
import type { CodeEntry, Severity } from "../../core/finding.ts";
import type { Defect } from "./defect.ts";

const DER = "X.690 (DER)";

type Words = readonly [severity: Severity | "fatal", summary: string, hint: string, source: string];

/** Those that are fatal end the reading: past them the facts would be guesses. */
const WORDS: Readonly<Record<Defect["code"], Words>> = {
  "der.truncated": [
    "fatal",
    "The data ends before the element that it announces.",
    "Copy the certificate again, whole: the end of it is missing.",
    `${DER} 8.1.3`,
  ],
  "der.not_certificate": [
    "fatal",
    "The data is not an X.509 certificate.",
    "Download the signing certificate from the identity provider again.",
    "RFC 5280, 4.1",
  ],
  "der.ber_indefinite": [
    "fatal",
    "An element has BER's indefinite length; a certificate must be DER.",
    "Ask the issuer for a DER-encoded certificate.",
    `${DER} 10.1`,
  ],
  "der.non_minimal_length": [
    "error",
    "A length is written in more bytes than it needs; a certificate must be DER.",
    "Ask the issuer for a DER-encoded certificate: parsers disagree on the fingerprint of this one.",
    `${DER} 10.1`,
  ],
  "der.trailing_data": [
    "error",
    "There are bytes after the end of an element.",
    "Use the certificate without them: parsers disagree on whether they count, and so on the fingerprint.",
    "RFC 5280, 4.1; X.690 8.1",
  ],
  "der.non_minimal_integer": [
    "error",
    "An INTEGER has a superfluous leading byte.",
    "Ask the issuer for a new certificate: OpenSSL and Node refuse this one.",
    `${DER} 8.3.2`,
  ],
  "der.boolean_not_canonical": [
    "error",
    "A BOOLEAN is neither 00 nor FF.",
    "Ask the issuer for a DER-encoded certificate: strict parsers refuse this one.",
    `${DER} 11.1`,
  ],
  "der.default_encoded": [
    "error",
    "A value that equals its DEFAULT is written out.",
    "Ask the issuer for a DER-encoded certificate: pyca/cryptography refuses this one.",
    `${DER} 11.5`,
  ],
  "der.null_content": [
    "error",
    "A NULL has content.",
    "Ask the issuer for a DER-encoded certificate: OpenSSL and Node refuse this one.",
    `${DER} 8.8.2`,
  ],
  "der.unused_bits": [
    "error",
    "A BIT STRING does not end as DER wants.",
    "Ask the issuer for a DER-encoded certificate.",
    `${DER} 11.2`,
  ],
  "der.string_charset": [
    "error",
    "A name holds characters that its string type does not have.",
    "Ask the issuer for a certificate whose name is a UTF8String: strict parsers refuse this one.",
    "X.680 41; RFC 5280, 4.1.2.4",
  ],
  "der.string_type": [
    "error",
    "A value of a name is of a type that names do not have.",
    "Ask the issuer for a certificate whose name is a UTF8String: OpenSSL and Node refuse this one.",
    "RFC 5280, 4.1.2.4",
  ],
  "der.set_order": [
    "warning",
    "The parts of a multi-valued RDN are not in DER's order.",
    "Nothing for SAML; compare names of this certificate by value and not by bytes.",
    `${DER} 11.6`,
  ],
  "time.malformed": [
    "fatal",
    "A date of the certificate is not a UTCTime or GeneralizedTime.",
    "Ask for a new certificate: software that takes this one reads a wrong date from it.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.calendar": [
    "fatal",
    "A date of the certificate is not in the calendar.",
    "Ask for a new certificate: software that takes this one reads a wrong date from it.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.not_zulu": [
    "fatal",
    "A date of the certificate is not in UTC (it must end in Z).",
    "Ask for a new certificate: software that takes this one reads a wrong date from it.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.no_seconds": [
    "fatal",
    "A date of the certificate has no seconds.",
    "Ask for a new certificate: OpenSSL 3.5 refuses it, and older software reads 1899 from it.",
    "RFC 5280, 4.1.2.5",
  ],
  "time.fraction": [
    "fatal",
    "A date of the certificate has fractions of a second.",
    "Ask for a new certificate whose dates are whole seconds.",
    "RFC 5280, 4.1.2.5.2",
  ],
  // Of parts of a certificate that other facts do not depend on.
  "sigalg.mismatch_inner_outer": [
    "error",
    "The two places that name the signature algorithm differ.",
    "Ask the issuer for a new certificate: this one is refused by most software.",
    "RFC 5280, 4.1.1.2",
  ],
  "sigalg.parameters": [
    "error",
    "The parameters of the signature algorithm are not those that it has.",
    "Ask for a new certificate: strict software refuses this one.",
    "RFC 3279, 2.2; RFC 4055, 3.1; RFC 8410, 3",
  ],
  "ext.malformed": [
    "warning",
    "An extension does not have the form that its standard gives it.",
    "Nothing for most SAML software, which reads no extensions; ask for a new certificate if a consumer refuses this one.",
    "RFC 5280, 4.2",
  ],
  "key.malformed": [
    "error",
    "The public key does not have the form that its algorithm gives it.",
    "Ask for a new certificate: no software can verify a signature with this key.",
    "RFC 5280, 4.1.2.7; RFC 3279, 2.3",
  ],
};

export const derCodes: readonly CodeEntry[] = /* @__PURE__ */ Object.entries(WORDS).map(
  ([code, [severity, summary, hint, source]]) => ({
    code: code as SamlCertCode,
    severity,
    summary,
    hint,
    source,
  }),
);
