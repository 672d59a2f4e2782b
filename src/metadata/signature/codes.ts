import type { CodeEntry } from "../../core/finding.ts";

const DSIG = "XML Signature Syntax and Processing 1.1";
const SAML = "SAML core 5.4, metadata 3";

type Text = readonly [summary: string, hint: string, source?: string];

const MESSAGES: Readonly<Record<string, Text>> = {
  "signature.missing": [
    "The document's root has no signature as its first child.",
    "Get signed metadata, or read it with parseMetadata if its origin is enough for you.",
    SAML,
  ],
  "signature.several": [
    "The root has more than one signature.",
    "Ask the publisher for metadata with one signature.",
    SAML,
  ],
  "signature.structure": [
    "The signature is not built as a SAML signature has to be.",
    "Ask the publisher for an enveloped signature with one reference to the root.",
    SAML,
  ],
  "signature.reference": [
    "The signature does not refer to the document's root.",
    "Ask the publisher for a signature whose reference is the root's ID.",
    "SAML core 5.4.2",
  ],
  "signature.reference_empty": [
    'The signature refers to the document with URI="" instead of the root\'s ID.',
    "Set allowEmptyReference if the publisher cannot change it.",
    "SAML core 5.4.2",
  ],
  "signature.duplicate_id": [
    "Another element has the ID that the signature refers to.",
    "Do not use the document; it looks like an attack.",
    `${DSIG}, 12.2`,
  ],
  "signature.transform": [
    "The signature uses a transform that is not allowed.",
    "Ask the publisher for the enveloped-signature transform and exclusive canonicalisation alone.",
    "SAML core 5.4.4",
  ],
  "signature.algorithm": [
    "The signature uses an algorithm that is not allowed.",
    "Ask the publisher for RSA or ECDSA with SHA-256 or better.",
    "SAML2int SDP-MD05",
  ],
  "signature.sha1": [
    "The signature uses SHA-1.",
    "Ask the publisher for SHA-256; unsafe.sha1 accepts it until then.",
    "SAML2int SDP-MD05",
  ],
  "signature.short_key": [
    "The trusted RSA key has fewer than 2048 bits.",
    "Get the publisher's new key; unsafe.shortRsaKeys accepts it until then.",
    "SAML2int SDP-MD06",
  ],
  "signature.untrusted": [
    "No trusted key made the signature.",
    "Check that you trust the publisher's current signing certificate, and that the document is whole.",
    `${DSIG}, 3.2.2`,
  ],
  "signature.digest": [
    "The document was changed after it was signed.",
    "Fetch it again from its publisher; do not use this copy.",
    `${DSIG}, 3.2.1`,
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
    "SAML metadata 2.2.1, 2.3.1, 2.4.1",
  ],
  "signature.valid_until": [
    "A validUntil is missing where it is required, is not a time, or is too far away.",
    "Ask the publisher for a validUntil within the limit, or change the policy.",
    "Metadata interoperability IIP-MD04",
  ],
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
};

/** The entry of one of the codes below. */
export function signatureCodeEntry(code: string): CodeEntry {
  const [summary, hint, source] = MESSAGES[code] ?? ["The signature is not accepted.", ""];
  return { code, severity: "fatal", summary, hint: hint ?? "", source };
}

/** The codes with which signatures are refused. */
export const signatureCodes: readonly CodeEntry[] = /* @__PURE__ */ Object.keys(MESSAGES).map(
  signatureCodeEntry,
);
