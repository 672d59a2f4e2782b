/** A kind of key that identity and service providers agree on (SAML2int SDP-MD06). */
export type KeyAlgorithm = "rsa-2048" | "rsa-3072" | "rsa-4096" | "p256" | "p384";

/** The purpose of a key: signatures, encryption, or both with one key. */
export type KeyUse = "signing" | "encryption" | "both";

/** An algorithm of Web Cryptography. */
export interface WebAlgorithm {
  readonly name: "RSASSA-PKCS1-v1_5" | "ECDSA";
  readonly hash: "SHA-256" | "SHA-384";
  readonly namedCurve?: "P-256" | "P-384";
  readonly modulusLength?: number;
  readonly publicExponent?: Uint8Array<ArrayBuffer>;
}

export function rsa(modulusLength: number): WebAlgorithm {
  // 65537 (FIPS 186-5, A.1.1).
  const publicExponent = Uint8Array.of(1, 0, 1);
  return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength, publicExponent };
}

/** Each with a hash of its own strength. */
export const ALGORITHMS: Readonly<Record<KeyAlgorithm, WebAlgorithm>> = {
  "rsa-2048": /* @__PURE__ */ rsa(2048),
  "rsa-3072": /* @__PURE__ */ rsa(3072),
  "rsa-4096": /* @__PURE__ */ rsa(4096),
  p256: { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" },
  p384: { name: "ECDSA", hash: "SHA-384", namedCurve: "P-384" },
};

export const KEY_ALGORITHMS: readonly KeyAlgorithm[] = [
  "rsa-2048",
  "rsa-3072",
  "rsa-4096",
  "p256",
  "p384",
];

export const KEY_USES: readonly KeyUse[] = ["signing", "encryption", "both"];
