/** Names below the PKIX arcs, and of the purposes that real certificates carry. */
const PURPOSES: Readonly<Record<string, string>> = {
  "2.5.29.37.0": "anyExtendedKeyUsage",
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "1.3.6.1.5.5.7.2.1": "cps",
  "1.3.6.1.5.5.7.2.2": "unotice",
  "1.3.6.1.5.5.7.48.1": "ocsp",
  "1.3.6.1.5.5.7.48.2": "caIssuers",
  "1.3.6.1.4.1.311.10.3.4": "encryptedFileSystem",
  "1.3.6.1.4.1.311.20.2.2": "smartcardLogon",
  "1.3.6.1.4.1.311.10.3.3": "serverGatedCrypto",
  "2.16.840.1.113730.4.1": "netscapeServerGatedCrypto",
};

/** The name of a key purpose, access method or policy qualifier; the identifier where it has none. */
export function purposeName(oid: string): string {
  return PURPOSES[oid] ?? oid;
}
