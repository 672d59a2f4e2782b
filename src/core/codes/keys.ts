/** Our own keys: making them, certificates and requests for them, and rolling them over. */
export const keysCodes = {
  "keys.subject": [
    "fatal",
    "The subject cannot be written: {reason}.",
    {
      library:
        'Pass `commonName: "sp.example.com"`, or a subject such as "CN=sp.example.com, O=Example".',
      terminal: 'Give --common-name sp.example.com, or --subject "CN=sp.example.com, O=Example".',
      form: "Enter a name such as sp.example.com.",
    },
    "RFC 5280 4.1.2.4",
  ],
  "keys.days": [
    "fatal",
    "A certificate cannot be valid for {days} days.",
    "Choose a whole number of days from 1 to 36525, which is 100 years.",
    "",
  ],
  "keys.use": [
    "fatal",
    "A key on {curve} cannot be used for encryption in SAML.",
    "Make an RSA key: identity providers encrypt with RSA-OAEP.",
    "XML Encryption 1.1, 5.5",
  ],
  "keys.algorithm": [
    "fatal",
    "No certificate can be made for a key of kind {kind}.",
    "Use an RSA key of 2048 bits or more, or an EC key on P-256 or P-384.",
    "SAML2int SDP-MD06",
  ],
  "keys.passphrase_empty": [
    "fatal",
    "The passphrase is empty.",
    "Choose a passphrase, or leave it out to write the key unencrypted.",
    "",
  ],
  "keys.unreadable": ["fatal", "The private key cannot be read: it is {format}.", "{advice}", ""],
  "keys.encrypted": [
    "fatal",
    "The private key is encrypted.",
    {
      library: "Read it with readPrivateKey, and pass the passphrase.",
      terminal:
        "Give its passphrase with --key-password-file, or in the environment variable SAMLCERT_KEY_PASSWORD.",
    },
    "",
  ],
  "keys.passphrase": [
    "fatal",
    "The passphrase does not decrypt the private key.",
    "Check the passphrase, and that the file is complete.",
    "",
  ],
  "keys.cipher": [
    "fatal",
    "The private key is encrypted with a cipher that this runtime does not support.",
    {
      library:
        "Encrypt a copy of it with AES: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out key.pem. For PKCS #12, first openssl pkcs12 -legacy -in FILE -nocerts -out FILE.",
      form: "Encrypt the key with AES.",
    },
    "RFC 8018",
  ],
  "keys.several": [
    "fatal",
    "The file contains {count} private keys.",
    "Pass the private key of the certificate alone.",
    "",
  ],
  "keys.no_certificate": [
    "fatal",
    "The file has no certificate for its private key.",
    "Pass PKCS #12 or PEM that contains both; read a key alone with readPrivateKey.",
    "RFC 7292 4.2.3",
  ],
  "keys.mismatch": [
    "fatal",
    "The certificate does not belong to the private key.",
    "Renew the certificate of this key, or use the key of this certificate.",
    "",
  ],
  "keys.rollover_unreadable": [
    "fatal",
    "This is not the state of a key rollover.",
    "Pass a file that samlcert key rollover or formatRollover wrote.",
    "",
  ],
  "keys.rollover_version": [
    "fatal",
    "The state of the key rollover has version {version}, which this release cannot read.",
    "Use a newer release of samlcert.",
    "",
  ],
  "keys.rollover_changed": [
    "fatal",
    "The state of the key rollover was changed by something else than samlcert.",
    "Restore the file from a copy; each step adds one event at its end.",
    "",
  ],
  "keys.rollover_locked": [
    "fatal",
    "Another process is changing the state of the key rollover: {holder}.",
    "Try again. If no such process runs, remove {lock}.",
    "",
  ],
  "keys.rollover_file": [
    "fatal",
    "The state of the key rollover cannot be read or written: {reason}.",
    "Check the path, its permissions and the free space.",
    "",
  ],
  "keys.rollover_certificate": [
    "fatal",
    "The {use} key of a rollover is one certificate.",
    "Pass the certificate of one key.",
    "",
  ],
  "keys.rollover_running": [
    "fatal",
    "A rollover of the {use} key is running already.",
    "Finish it first: use the next key, and retire the former one.",
    "",
  ],
  "keys.rollover_known": [
    "fatal",
    "The {use} key is or was in use already.",
    "Make a new key; a renewed certificate of the same key needs no rollover.",
    "",
  ],
  "keys.rollover_none": ["fatal", "No next {use} key is announced.", "Announce one first.", ""],
  "keys.rollover_evidence": [
    "fatal",
    "These identity providers have not read the new metadata yet: {missing}.",
    {
      library:
        "Wait until they have, and record it with recordRead; pass confirmed: true if a person knows that they have.",
      terminal:
        "Wait until they have, and record it with --read ENTITYID; give --confirmed if you know that they have.",
    },
    "",
  ],
  "keys.rollover_in_flight": [
    "fatal",
    "Messages with the former key can arrive until {until}.",
    "Retire it after that.",
    "",
  ],
  "keys.rollover_stranger": [
    "fatal",
    "{entityId} is no identity provider of this rollover.",
    "Use an entity ID of identityProviders.",
    "",
  ],
  "keys.rollover_current": [
    "fatal",
    "The {use} key is the current one, so it cannot be retired.",
    "Announce another key and use it first.",
    "",
  ],
  "keys.rollover_unknown": [
    "fatal",
    "No former {use} key has the SHA-256 {spkiSha256}.",
    "Take it from the plan.",
    "",
  ],
} as const;
