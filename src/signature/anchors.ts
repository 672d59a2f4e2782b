import { createPublicKey, type KeyObject, verify as verifyOctets } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import type { SignatureMethod } from "./algorithms.ts";
import { signatureError } from "./fault.ts";

/**
 * Who may have signed. Several at once, so that an old and a new signer overlap. Of a certificate only
 * its key counts (metadata interoperability profile 2.6.1): it may be expired or self-signed.
 */
export interface Trust {
  /** PEM, or certificates that were read. */
  readonly certificates?: readonly (string | Certificate)[] | undefined;
  /** PEM (SubjectPublicKeyInfo), or keys of node:crypto. */
  readonly publicKeys?: readonly (string | KeyObject)[] | undefined;
}

/** The keys of trust anchors. Throws `signature.trust` if there are none or one cannot be read. */
export function anchorKeys(trust: Trust): readonly KeyObject[] {
  const { certificates = [], publicKeys = [] } = trust ?? {};
  const keys = [...certificates, ...publicKeys].map(publicKeyOf);
  if (keys.length === 0) throw signatureError("signature.trust");
  return keys;
}

function publicKeyOf(anchor: string | Certificate | KeyObject): KeyObject {
  try {
    if (typeof anchor !== "string" && "type" in anchor) {
      if (anchor.type === "public") return anchor;
    } else {
      const pem = typeof anchor === "string" ? anchor : anchor.pem;
      if (!pem.includes("PRIVATE KEY")) return createPublicKey(pem);
    }
  } catch {
    // The reason may quote the input; what it is about is said below.
  }
  throw signatureError("signature.trust", "One of them cannot be read as a public key.");
}

const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

/** RSA under 2048 bits, and curves that are not of NIST's three, are no match for anything. */
function isStrong(key: KeyObject, allowShortRsa: boolean): boolean {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === "ec") return CURVES.has(details?.namedCurve ?? "");
  return allowShortRsa || (details?.modulusLength ?? 0) >= 2048;
}

/** The key of the anchors that made a signature. Throws if none did. */
export function signingKeyOf(
  keys: readonly KeyObject[],
  method: SignatureMethod,
  octets: Uint8Array,
  signature: Uint8Array,
  allowShortRsa: boolean,
): KeyObject {
  const fitting = keys.filter(
    (key) =>
      key.asymmetricKeyType === method.keyType &&
      // With the exponent 1, everybody can sign.
      key.asymmetricKeyDetails?.publicExponent !== 1n,
  );
  const strong = fitting.filter((key) => isStrong(key, allowShortRsa));
  for (const key of strong) {
    const input = { key, dsaEncoding: "ieee-p1363" as const };
    if (verifyOctets(method.hash, octets, input, signature)) return key;
  }
  const isShort = fitting.length > 0 && strong.length === 0;
  throw signatureError(isShort ? "signature.short_key" : "signature.untrusted");
}
