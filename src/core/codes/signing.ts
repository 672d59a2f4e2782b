/** Signing. A table of its own, so that verifying does not load it. */
export const signingCodes = {
  "signature.signed_already": [
    "fatal",
    "The document is signed already.",
    "Remove its signature before you sign it again.",
    "",
  ],
  "signature.root_empty": [
    "fatal",
    "The root is an empty element, which has no place for a signature.",
    "Write the metadata of at least one role or entity into it.",
    "",
  ],
  "signature.root_id": [
    "fatal",
    "The ID of the root is not an XML name.",
    "Begin the ID with a letter or _, or remove it: the root is given one.",
    "XML Schema part 2, 3.3.8",
  ],
  "signature.key": [
    "fatal",
    "The private key is {kind}, which does not sign metadata.",
    "Use an RSA key of 2048 bits or more, or an EC key on P-256 or P-384.",
    "SAML2int SDP-MD06",
  ],
  "signature.padding": [
    "fatal",
    "The padding {padding} does not fit a key that signs with {kind}.",
    "Leave the padding out.",
    "RFC 4055 1.2",
  ],
  "signature.key_mismatch": [
    "fatal",
    "The certificate does not belong to the private key.",
    "Pass the certificate of the private key.",
    "",
  ],
  "signature.sign_failed": [
    "fatal",
    "The function `sign` gave a signature that the certificate does not verify.",
    "Let it sign the given bytes with the private key of the certificate, and with the given hash and padding.",
    "",
  ],
  "signature.certificate_unreadable": [
    "fatal",
    "The signer's certificate cannot be read.",
    "Pass one certificate as PEM.",
    "",
  ],
} as const;
