/** Verifying signatures. */
export const signatureCodes = {
  "signature.missing": [
    "fatal",
    "The document has no signature.",
    "Get signed metadata from the publisher.",
    "SAML Metadata 3",
  ],
  "signature.misplaced": [
    "fatal",
    "The signature is in <{parent}> at line {line}; it must be the first child of the root.",
    "Ask the publisher to put the signature first in the root.",
    "SAML Metadata 3",
  ],
  "signature.of_part": [
    "fatal",
    "The signature at line {line} signs only its <{parent}>, not the whole document.",
    "Ask the publisher to sign the root.",
    "SAML Metadata 3",
  ],
  "signature.too_long": [
    "fatal",
    "The signature does not end within the first {bytes} bytes.",
    "Do not use the document; it may be an attack.",
    "",
  ],
  "signature.several": [
    "fatal",
    "The root has more than one signature.",
    "Ask the publisher for one signature.",
    "SAML Metadata 3",
  ],
  "signature.structure": [
    "fatal",
    "The signature is malformed at <{element}>.",
    "Ask the publisher for an enveloped signature with one reference to the root.",
    "SAML Metadata 3",
  ],
  "signature.inherited_attribute": [
    "fatal",
    "The attribute {attribute} prevents the canonicalisation of SignedInfo.",
    "Ask the publisher for exclusive canonicalisation.",
    "Canonical XML 1.1 2.4",
  ],
  "signature.limit.prefixes": [
    "fatal",
    "A PrefixList of the signature has more than {limit} prefixes.",
    "Do not use the document; it may be an attack.",
    "",
  ],
  "signature.reference": [
    "fatal",
    "The signature refers to {reference}, not to the ID of the root.",
    "Ask the publisher for a reference to the ID of the root.",
    "SAML Core 5.4.2",
  ],
  "signature.reference_empty": [
    "fatal",
    'The signature refers to URI="" instead of the ID of the root.',
    {
      library: "Set allowEmptyReference if the publisher cannot change it.",
      terminal: "Ask the publisher for a reference to the ID of the root.",
    },
    "SAML Core 5.4.2",
  ],
  "signature.duplicate_id": [
    "fatal",
    "Another element has the ID that the signature refers to.",
    "Do not use the document; it may be an attack.",
    "XML Signature 1.1 12.2",
  ],
  "signature.transform": [
    "fatal",
    "The transform {algorithm} is not allowed there.",
    "Ask the publisher for enveloped-signature, then exclusive canonicalisation.",
    "SAML Core 5.4.4",
  ],
  "signature.canonicalization": [
    "fatal",
    "The canonicalisation {algorithm} is not supported.",
    "Ask the publisher for exclusive canonicalisation.",
    "SAML Core 5.4.3",
  ],
  "signature.algorithm": [
    "fatal",
    "The algorithm {algorithm} is not supported.",
    "Ask the publisher for RSA, RSA-PSS or ECDSA with SHA-256.",
    "SAML2int SDP-MD05",
  ],
  "signature.sha1": [
    "fatal",
    "The signature uses SHA-1 ({algorithm}).",
    {
      library: "Ask the publisher for SHA-256; unsafe.sha1 accepts SHA-1 until then.",
      terminal: "Ask the publisher for SHA-256.",
    },
    "SAML2int SDP-MD05",
  ],
  "signature.short_key": [
    "fatal",
    "The trusted key is too weak: RSA under 2048 bits, or not P-256, P-384 or P-521.",
    {
      library:
        "Get the publisher's new key; unsafe.shortRsaKeys accepts short RSA keys until then.",
      terminal: "Get the publisher's new key.",
    },
    "SAML2int SDP-MD06",
  ],
  "signature.untrusted": [
    "fatal",
    "No trusted key made the signature.",
    "Get the publisher's current signing certificate from a source that you trust.",
    "XML Signature 1.1 3.2.2",
  ],
  "signature.changed": [
    "fatal",
    "The certificate in KeyInfo is trusted, but the document was changed after it was signed.",
    "Get it again from its publisher and keep every byte: reformatting breaks the signature.",
    "XML Signature 1.1 3.2.2",
  ],
  "signature.digest": [
    "fatal",
    "The document was changed after it was signed.",
    "Get it again from its publisher and keep every byte: reformatting breaks the signature.",
    "XML Signature 1.1 3.2.1",
  ],
  "signature.second_opinion": [
    "fatal",
    "xml-crypto does not confirm the signature.",
    "Leave secondOpinion out if xml-crypto does not support this kind of signature.",
    "",
  ],
  "signature.second_opinion_missing": [
    "fatal",
    "xml-crypto is not installed.",
    "Run npm install xml-crypto@6, or leave secondOpinion out.",
    "",
  ],
  "signature.trust": [
    "fatal",
    "There is no trust anchor.",
    {
      library: "Pass trust.certificates or trust.publicKeys.",
      terminal: "Name a certificate with --trust.",
    },
    "",
  ],
  "signature.trust_unreadable": [
    "fatal",
    "{anchor} is not a certificate or public key.",
    "Pass PEM with nothing but certificates or public keys.",
    "",
  ],
  "signature.limit.held": [
    "fatal",
    "More entities are selected than fit the limit until the signature is verified.",
    {
      library: "Select fewer entities, or raise limits.maxBytes.",
      terminal: "Select fewer entities.",
    },
    "",
  ],
  "signature.expired": [
    "fatal",
    "{name} is past its validUntil.",
    "Get the metadata again, or ask the publisher to renew it.",
    "SAML Metadata 2.3.1",
  ],
  "signature.valid_until": [
    "fatal",
    "The validUntil {value} is not a time.",
    "Ask the publisher for a validUntil such as 2031-07-09T12:00:00Z.",
    "SAML Core 1.3.3",
  ],
  "signature.valid_until_missing": [
    "fatal",
    "The root has no validUntil, which is required.",
    {
      library: "Ask the publisher for a validUntil, or change validity.",
      terminal: "Ask the publisher for a validUntil.",
    },
    "Kantara IIP-MD04",
  ],
  "signature.valid_until_far": [
    "fatal",
    "The validUntil of the root is too far in the future.",
    {
      library: "Ask the publisher for an earlier one, or raise validity.maxValiditySeconds.",
      terminal: "Ask the publisher for an earlier one, or raise --max-validity-days.",
    },
    "Kantara IIP-MD04",
  ],
} as const;
