import type { KeyObject } from "node:crypto";

/**
 * True if two public keys are the same. `KeyObject.equals` leaves an error of OpenSSL behind where the
 * types or the curves differ, and with it the next key that Node reads is refused.
 */
export function isSamePublicKey(a: KeyObject, b: KeyObject): boolean {
  return spki(a).equals(spki(b));
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}
