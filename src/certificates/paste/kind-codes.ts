import type { SamlCertCode } from "../../core/codes/index.ts";
import type { CodeEntry } from "../../core/finding.ts";

const PASTE =
  "Paste the identity provider's signing certificate, from its BEGIN line to its END line.";

function kind(code: SamlCertCode, summary: string, hint: string = PASTE): CodeEntry {
  return { code, severity: "fatal", summary, hint };
}

export const inputPlaceholder: CodeEntry = kind(
  "input.placeholder",
  "The input is a placeholder or an abbreviation (...), not the certificate itself.",
  "Replace it with the whole certificate that the identity provider shows.",
);

export const inputNotText: CodeEntry = kind(
  "input.not_text",
  "The input is binary data of no kind that holds a certificate.",
);

export const inputBinaryAsText: CodeEntry = kind(
  "input.binary_as_text",
  "The input is a binary file (DER) that was opened as text, which destroyed it.",
  "Choose the file itself instead of pasting it, or paste the PEM of it: openssl x509 -inform DER -in FILE.",
);

export const inputFilePath: CodeEntry = kind(
  "input.file_path",
  "The input is the name of a file, not what is in it.",
  "Paste or upload the content of that file.",
);

export const inputUrl: CodeEntry = kind(
  "input.url",
  "The input is an address, not what can be fetched from it.",
  "Open the address, and paste the certificate or metadata that it shows.",
);

export const inputFingerprintOnly: CodeEntry = kind(
  "input.fingerprint_only",
  "The input is a fingerprint: it names a certificate and does not contain one.",
  "Ask for the certificate itself; a fingerprint cannot verify a signature.",
);

export const inputTextDump: CodeEntry = kind(
  "input.text_dump",
  "The input is a printed description of a certificate, without the certificate.",
  "Paste the block that starts with -----BEGIN CERTIFICATE-----.",
);

export const kindCsr: CodeEntry = kind(
  "kind.csr",
  "The input is a certificate signing request, not a certificate.",
  "Paste the certificate that was issued for it.",
);

export const kindCrl: CodeEntry = kind(
  "kind.crl",
  "The input is a certificate revocation list, not a certificate.",
);

export const kindPublicKey: CodeEntry = kind(
  "kind.public_key",
  "The input is a bare public key, without the certificate around it.",
  "Paste the certificate that holds this key.",
);

export const kindSshKey: CodeEntry = kind("kind.ssh_key", "The input is an SSH public key.");

export const kindPgp: CodeEntry = kind("kind.pgp", "The input is OpenPGP data.");

export const kindJwk: CodeEntry = kind(
  "kind.jwk",
  "The input is a JSON Web Key without a certificate (x5c).",
  "Paste the certificate, or a key that has it in x5c.",
);

export const kindSamlMetadata: CodeEntry = kind(
  "kind.saml_metadata_xml",
  "The input is XML without a ds:X509Certificate that can be read.",
  "Paste the certificate, or the identity provider's whole metadata.",
);

export const kindEncryptionOnly: CodeEntry = {
  code: "kind.encryption_only",
  severity: "warning",
  summary: "The metadata names this certificate for encryption, and none for signing.",
  hint: "Ask for the metadata of the identity provider: what a service provider publishes is often for encryption only.",
  source: "SAML Metadata, 2.4.1.1",
};

export const kindHtml: CodeEntry = kind(
  "kind.html",
  "The input is a web page, not a certificate: perhaps that of a login form.",
  "Log in, download the certificate again, and paste that.",
);

export const kindPkcs7Empty: CodeEntry = kind(
  "kind.pkcs7_empty",
  "The input is PKCS#7 data without a certificate.",
);

export const secretEncryptedKey: CodeEntry = kind(
  "secret.encrypted_key",
  "The input holds an encrypted private key. Nothing of it is repeated here.",
  "Replace this key at the identity provider now, because it has left its place, and paste only the certificate.",
);

export const secretPkcs12: CodeEntry = kind(
  "secret.pkcs12",
  "The input is a PKCS#12 file, which holds a private key. Nothing of it is repeated here.",
  "Replace this key at the identity provider now, because it has left its place, and export only the certificate (PEM or DER).",
);

export const secretKeystore: CodeEntry = kind(
  "secret.keystore",
  "The input is a Java keystore, which can hold a private key. Nothing of it is repeated here.",
  "If it holds a private key, replace that key now; export only the certificate (keytool -exportcert -rfc).",
);

export const kindCodes: readonly CodeEntry[] = [
  inputPlaceholder,
  inputNotText,
  inputBinaryAsText,
  inputFilePath,
  inputUrl,
  inputFingerprintOnly,
  inputTextDump,
  kindCsr,
  kindCrl,
  kindPublicKey,
  kindSshKey,
  kindPgp,
  kindJwk,
  kindSamlMetadata,
  kindEncryptionOnly,
  kindHtml,
  kindPkcs7Empty,
  secretEncryptedKey,
  secretPkcs12,
  secretKeystore,
];
