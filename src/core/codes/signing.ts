/** Signing, and reading the key that signs. A table of its own, so that verifying does not load it. */
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
  "signature.key_unreadable": [
    "fatal",
    "The private key cannot be read: it is {format}.",
    "{advice}",
    "",
  ],
  "signature.key_encrypted": [
    "fatal",
    "The private key is encrypted.",
    {
      library: "Read it with readPrivateKey, and pass the passphrase.",
      terminal:
        "Give its passphrase with --key-password-file, or in the environment variable SAMLCERT_KEY_PASSWORD.",
    },
    "",
  ],
  "signature.key_passphrase": [
    "fatal",
    "The passphrase does not decrypt the private key.",
    "Check the passphrase, and that the file is complete.",
    "",
  ],
  "signature.key_cipher": [
    "fatal",
    "The private key is encrypted with a cipher that this runtime does not support.",
    {
      library:
        "Encrypt a copy of it with AES: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out key.pem. For PKCS #12, first openssl pkcs12 -legacy -in FILE -nocerts -out FILE.",
      form: "Encrypt the key with AES.",
    },
    "RFC 8018",
  ],
  "signature.key_several": [
    "fatal",
    "The file contains {count} private keys.",
    "Pass the private key of the certificate alone.",
    "",
  ],
  "signature.padding": [
    "fatal",
    "The padding {padding} does not fit a key that signs with {kind}.",
    "Leave the padding out.",
    "RFC 4055, 1.2",
  ],
  "signature.key_mismatch": [
    "fatal",
    "The certificate does not belong to the private key.",
    "Pass the certificate of the private key.",
    "",
  ],
  "signature.certificate_unreadable": [
    "fatal",
    "The signer's certificate cannot be read.",
    "Pass one certificate as PEM.",
    "",
  ],
} as const;
