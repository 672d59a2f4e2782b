/** Input that contains no certificate, or more than certificates; also what strict reading can say. */
export const inputCodes = {
  "input.empty": [
    "fatal",
    "The input is empty.",
    "Give the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
    "",
  ],
  "input.too_large": [
    "fatal",
    "The input is larger than 256 KiB.",
    "Give only the certificate that the identity provider signs with.",
    "",
  ],
  "input.too_many": [
    "fatal",
    "The input contains more than 100 certificates.",
    "Give only the certificate that the identity provider signs with.",
    "",
  ],
  "input.not_certificate": [
    "fatal",
    "The input contains no certificate.",
    "Give the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
    "",
  ],
  "kind.csr": [
    "fatal",
    "The input is a certificate signing request.",
    "Give the certificate that was issued for it.",
    "",
  ],
  "kind.crl": [
    "fatal",
    "The input is a certificate revocation list.",
    "Give the signing certificate instead.",
    "",
  ],
  "kind.public_key": [
    "fatal",
    "The input is a public key without a certificate.",
    "Give the certificate that was issued for it.",
    "",
  ],
  "kind.pkcs7": [
    "fatal",
    "The input is a PKCS#7 bundle.",
    {
      library: "Read it with parseCertificates.",
      terminal: "Write its certificates as PEM: samlcert inspect --pem FILE > certificates.pem.",
      form: "Give the signing certificate as PEM.",
    },
    "",
  ],
  "kind.pkcs7_empty": [
    "fatal",
    "The input is PKCS#7 data without a certificate.",
    "Give the signing certificate instead.",
    "",
  ],
  "secret.private_key": [
    "fatal",
    "The input contains a private key.",
    {
      library: "Replace this key at the identity provider now: it has been exposed.",
      terminal:
        "Give its certificate instead: openssl x509 -in FILE -out cert.pem. Replace a key that somebody sent you.",
    },
    "NIST SP 800-57 Part 1 8.3.4",
  ],
  "secret.encrypted_key": [
    "fatal",
    "The input contains an encrypted private key.",
    {
      library: "Replace this key at the identity provider now: it has been exposed.",
      terminal:
        "Give its certificate instead: openssl x509 -in FILE -out cert.pem. Replace a key that somebody sent you.",
    },
    "NIST SP 800-57 Part 1 8.3.4",
  ],
  "secret.pkcs12": [
    "fatal",
    "The input is a PKCS#12 file, which contains a private key.",
    {
      library: "Replace this key at the identity provider now: it has been exposed.",
      terminal:
        "Export its certificate: openssl pkcs12 -in FILE -nokeys -clcerts -out cert.pem (-legacy for an old file). Replace a key that somebody sent you.",
    },
    "",
  ],
  "secret.keystore": [
    "fatal",
    "The input is a Java keystore, which can contain a private key.",
    {
      library: "Replace its private keys at the identity provider now: they have been exposed.",
      terminal:
        "Export its certificate: keytool -exportcert -rfc -keystore FILE -alias ALIAS -file cert.pem. Replace keys that somebody sent you.",
    },
    "",
  ],
} as const;
