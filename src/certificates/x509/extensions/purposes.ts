import { oidNames } from "../oid-names.ts";

/** Key purposes, access methods and policy qualifiers: those of PKIX and some that occur. */
const PURPOSES: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "2.5.29.37 0=anyExtendedKeyUsage",
  "1.3.6.1.5.5.7.2 1=cps 2=unotice",
  "1.3.6.1.5.5.7.3 1=serverAuth 2=clientAuth 3=codeSigning 4=emailProtection 8=timeStamping " +
    "9=OCSPSigning",
  "1.3.6.1.5.5.7.48 1=ocsp 2=caIssuers",
  "1.3.6.1.4.1.311.10.3 3=serverGatedCrypto 4=encryptedFileSystem",
  "1.3.6.1.4.1.311.20.2 2=smartcardLogon",
  "2.16.840.1.113730.4 1=netscapeServerGatedCrypto",
);

/** The name of a key purpose, access method or policy qualifier; the identifier where it has none. */
export function purposeName(oid: string): string {
  return PURPOSES.get(oid) ?? oid;
}
