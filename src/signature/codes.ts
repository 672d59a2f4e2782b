import type { CodeEntry } from "../core/finding.ts";
import { fatalEntries } from "../core/words.ts";

/** Of verifying. */
export const signatureWords = {
  "signature.missing": [
    "The document's root has no signature as its first child.",
    "Get signed metadata, or read it with parseMetadata if its origin is enough for you.",
  ],
  "signature.several": [
    "The root has more than one signature.",
    "Ask the publisher for metadata with one signature.",
  ],
  "signature.structure": [
    "The signature is not built as a SAML signature has to be.",
    "Ask the publisher for an enveloped signature with one reference to the root.",
  ],
  "signature.reference": [
    "The signature does not refer to the document's root.",
    "Ask the publisher for a signature whose reference is the root's ID.",
  ],
  "signature.reference_empty": [
    'The signature refers to the document with URI="" instead of the root\'s ID.',
    "Set allowEmptyReference if the publisher cannot change it.",
  ],
  "signature.duplicate_id": [
    "Something else has the ID that the signature refers to.",
    "Do not use the document; it looks like an attack.",
  ],
  "signature.transform": [
    "The signature uses a transform that is not allowed.",
    "Ask the publisher for the enveloped-signature transform and exclusive canonicalisation alone.",
  ],
  "signature.algorithm": [
    "The signature uses an algorithm that is not allowed.",
    "Ask the publisher for RSA or ECDSA with SHA-256 or better.",
  ],
  "signature.sha1": [
    "The signature uses SHA-1.",
    "Ask the publisher for SHA-256; unsafe.sha1 accepts it until then.",
  ],
  "signature.short_key": [
    "The trusted RSA key has fewer than 2048 bits.",
    "Get the publisher's new key; unsafe.shortRsaKeys accepts it until then.",
  ],
  "signature.untrusted": [
    "No trusted key made the signature.",
    "Check that you trust the publisher's current signing certificate, and that the document is whole.",
  ],
  "signature.digest": [
    "The document was changed after it was signed.",
    "Fetch it again from its publisher; do not use this copy.",
  ],
  "signature.second_opinion": [
    "Two independent verifications disagree on the signature.",
    "Do not use the document, and report it, for one of the two is wrong.",
  ],
  "signature.trust": [
    "There is no usable trust anchor.",
    "Pass trust.certificates (PEM) or trust.publicKeys.",
  ],
  "signature.limit.held": [
    "More entities are selected than can be held until the signature is known to be right.",
    "Select fewer, or raise the limit documentBytes.",
  ],
  "signature.expired": [
    "The metadata, or an entity or role that was asked for, is past its validUntil.",
    "Fetch it again; if that changes nothing, its publisher has stopped renewing it and has to be told.",
  ],
  "signature.valid_until": [
    "A validUntil is missing where it is required, is not a time, or is too far away.",
    "Ask the publisher for a validUntil within the limit, or change the policy.",
  ],
} as const;

export type SignatureCode = keyof typeof signatureWords;

/** Of signing. */
export const signingWords = {
  "signature.signed_already": [
    "The document has a signature.",
    "Remove it before the document is signed again.",
  ],
  "signature.key": [
    "The private key cannot be used to sign.",
    "Pass an RSA key of 2048 bits or more, or an EC key on P-256 or P-384, as PEM.",
  ],
  "signature.key_mismatch": [
    "The certificate is not that of the private key.",
    "Pass the certificate that belongs to the key.",
  ],
} as const;

export type SigningCode = keyof typeof signingWords;

/** The codes with which signatures are refused. */
export const signatureCodes: readonly CodeEntry[] = /* @__PURE__ */ fatalEntries(
  [signatureWords, signingWords],
  {
    "signature.missing": "SAML core 5.4, metadata 3",
    "signature.several": "SAML core 5.4, metadata 3",
    "signature.structure": "SAML core 5.4, metadata 3",
    "signature.reference": "SAML core 5.4.2",
    "signature.reference_empty": "SAML core 5.4.2",
    "signature.duplicate_id": "XML Signature Syntax and Processing 1.1, 12.2",
    "signature.transform": "SAML core 5.4.4",
    "signature.algorithm": "SAML2int SDP-MD05",
    "signature.sha1": "SAML2int SDP-MD05",
    "signature.short_key": "SAML2int SDP-MD06",
    "signature.untrusted": "XML Signature Syntax and Processing 1.1, 3.2.2",
    "signature.digest": "XML Signature Syntax and Processing 1.1, 3.2.1",
    "signature.expired": "SAML metadata 2.2.1, 2.3.1, 2.4.1",
    "signature.valid_until": "Metadata interoperability IIP-MD04",
  },
);
