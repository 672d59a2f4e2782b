/** The base64 of a SEQUENCE that begins with the version of PKCS#1, PKCS#8 or SEC 1. */
const KEY_START = /^(?:MII[A-Za-z0-9+/]{2}[AQgw]IBA|MIG.AgE[AB]|MH[cQ]CAQEE|MC4CAQAw)/;

/** Whether the text of an `<ds:X509Certificate>` is a private key. */
export function isPrivateKeyText(text: string): boolean {
  return (
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text) ||
    KEY_START.test(text.slice(0, 200).replace(/\s+/g, ""))
  );
}
