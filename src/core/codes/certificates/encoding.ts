/** Parts of a certificate that a strict parser refuses and this one reads past. */
export const encodingCodes = {
  "der.non_minimal_integer": [
    "error",
    "An INTEGER has a superfluous leading byte.",
    "Ask the identity provider for a new certificate: OpenSSL and Node refuse this one.",
    "X.690 8.3.2",
  ],
  "der.boolean_not_canonical": [
    "error",
    "A BOOLEAN is neither 00 nor FF.",
    "Ask the identity provider for a new certificate: pyca/cryptography refuses this one.",
    "X.690 11.1",
  ],
  "der.default_encoded": [
    "error",
    "A value that equals its DEFAULT is encoded.",
    "Ask the identity provider for a new certificate: pyca/cryptography refuses this one.",
    "X.690 11.5",
  ],
  "der.null_content": [
    "error",
    "A NULL has content.",
    "Ask the identity provider for a new certificate: OpenSSL and Node refuse this one.",
    "X.690 8.8.2",
  ],
  "der.unused_bits": [
    "error",
    "A BIT STRING has unused bits where DER does not allow them.",
    "Ask the identity provider for a new certificate: pyca/cryptography refuses this one.",
    "X.690 11.2",
  ],
  "der.string_charset": [
    "warning",
    "A name contains characters that its string type does not allow.",
    "Ask for a new certificate if a consumer refuses this one: Go and pyca/cryptography may.",
    "RFC 5280 4.1.2.4",
  ],
  "der.string_encoding": [
    "error",
    "A name is not validly encoded in the character set of its string type.",
    "Ask the identity provider for a new certificate: OpenSSL and Node refuse this one.",
    "RFC 5280 4.1.2.4",
  ],
  "der.string_type": [
    "error",
    "A name uses a string type that X.509 does not allow.",
    "Ask the identity provider for a new certificate: OpenSSL and Node refuse this one.",
    "RFC 5280 4.1.2.4",
  ],
  "der.set_order": [
    "warning",
    "The parts of a multi-valued RDN are not in DER's order.",
    "Ask for a new certificate if a consumer refuses this one: pyca/cryptography does.",
    "X.690 11.6",
  ],
  "sigalg.mismatch_inner_outer": [
    "warning",
    "The two fields that name the signature algorithm differ.",
    "Ask for a new certificate if a consumer refuses this one: Go does.",
    "RFC 5280 4.1.1.2",
  ],
  "sigalg.parameters": [
    "warning",
    "The signature algorithm has unexpected parameters.",
    "Ask for a new certificate if a consumer refuses this one: pyca/cryptography does.",
    "RFC 3279 2.2; RFC 4055 3.1; RFC 8410 3",
  ],
  "sig.unused_bits": [
    "warning",
    "The signature on the certificate has unused bits.",
    "Ask for a new certificate if a consumer refuses this one.",
    "RFC 5280 4.1.1.3",
  ],
  "ext.malformed": [
    "warning",
    "An extension is malformed.",
    "Ask for a new certificate if a consumer refuses this one.",
    "RFC 5280 4.2",
  ],
  "key.malformed": [
    "error",
    "The public key is malformed.",
    "Ask the identity provider for a new certificate: no software can use this key.",
    "RFC 5280 4.1.2.7",
  ],
} as const;
