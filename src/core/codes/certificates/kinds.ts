/** Pastes that are not a certificate. */
export const kindCodes = {
  "input.placeholder": [
    "fatal",
    "The input is a placeholder or abbreviated (...).",
    "Replace it with the whole certificate.",
    "",
  ],
  "input.not_text": [
    "fatal",
    "The input is a binary file that contains no certificate.",
    "Give the signing certificate as PEM or DER.",
    "",
  ],
  "input.ebcdic": [
    "fatal",
    "The input is EBCDIC, the character set of a mainframe.",
    {
      library: "Convert it to UTF-8, for example with iconv -f IBM1047 -t UTF-8.",
      form: "Transfer the file from the mainframe in text mode, or save it as UTF-8.",
    },
    "",
  ],
  "input.binary_as_text": [
    "fatal",
    "The input is a binary certificate (DER) that was damaged because it was opened as text.",
    {
      library: "Read the file as bytes.",
      terminal: "Give the original file.",
      form: "Choose the file itself instead of pasting its text.",
    },
    "",
  ],
  "input.file_path": [
    "fatal",
    "The input is the name of a file, not its content.",
    {
      library: "Pass the content of the file.",
      terminal: "Give the file itself, or its content.",
      form: "Paste or upload the content of the file.",
    },
    "",
  ],
  "input.url": [
    "fatal",
    "The input is a URL.",
    "Open it, and give the certificate or metadata that it shows.",
    "",
  ],
  "input.fingerprint_only": [
    "fatal",
    "The input is a fingerprint, which names a certificate but does not contain it.",
    "Ask for the certificate itself.",
    "",
  ],
  "input.text_dump": [
    "fatal",
    "The input is a printed description of a certificate.",
    "Give the block that starts with -----BEGIN CERTIFICATE-----.",
    "",
  ],
  "kind.ssh_key": [
    "fatal",
    "The input is an SSH public key.",
    "Give the signing certificate instead.",
    "RFC 4716",
  ],
  "kind.pgp": [
    "fatal",
    "The input is OpenPGP data.",
    "Give the signing certificate instead.",
    "RFC 9580",
  ],
  "kind.jwk": [
    "fatal",
    "The input is a JSON Web Key without a certificate (x5c).",
    "Give the certificate, or a key with x5c.",
    "RFC 7517 4.7",
  ],
  "kind.saml_metadata_xml": [
    "fatal",
    "The input is XML without a readable ds:X509Certificate.",
    "Give the certificate, or the identity provider's whole metadata.",
    "",
  ],
  "kind.encryption_only": [
    "warning",
    "The metadata declares this certificate for encryption, and none for signing.",
    "Ask for the identity provider's metadata: this may be a service provider's.",
    "SAML Metadata 2.4.1.1",
  ],
  "kind.html": [
    "fatal",
    "The input is a web page; it can be a sign-in page.",
    "Sign in, download the certificate again, and give that.",
    "",
  ],
  "request.malformed": [
    "fatal",
    "The input contains no readable certificate signing request.",
    "Give the request, from -----BEGIN CERTIFICATE REQUEST----- to its END line.",
    "RFC 2986 4",
  ],
} as const;
