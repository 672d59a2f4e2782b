import { toBase64 } from "../../core/bytes.ts";
import { bytesOfBase64 } from "../../xml/utf8.ts";

/** PEM armour of a private key of any format. */
const ARMOUR = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;
/** The base64 of a SEQUENCE that begins with the version of PKCS#1, PKCS#8 or SEC 1. */
const KEY_START = /^(?:MII[A-Za-z0-9+/]{2}[AQgw]IBA|MIG.AgE[AB]|MH[cQ]CAQEE|MC4CAQAw)/;
/** Enough bytes for `KEY_START`. */
const HEAD = 24;

export function isArmouredKey(text: string): boolean {
  return ARMOUR.test(text);
}

/** True if the text of an `<ds:X509Certificate>` contains a private key, also after a certificate. */
export function isPrivateKeyText(text: string): boolean {
  if (isArmouredKey(text)) return true;
  const der = bytesOfBase64(text);
  if (der === undefined) return KEY_START.test(text.slice(0, 200).replace(/\s+/g, ""));
  for (let at = 0; at < der.length; at = elementEnd(der, at)) {
    if (KEY_START.test(toBase64(der.subarray(at, at + HEAD)))) return true;
  }
  return false;
}

/** The end of the DER element at an offset; at least one byte later. */
function elementEnd(der: Uint8Array, at: number): number {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return at + 2 + first;
  const count = first & 0x7f;
  let length = 0;
  for (let i = 0; i < Math.min(count, 4); i++) length = length * 256 + (der[at + 2 + i] ?? 0);
  return at + 2 + count + length;
}
