import type { Rule } from "./rule.ts";

/** Keys for key agreement, key encapsulation or encryption alone. */
export function cannotSign(algorithm: string): boolean {
  return ["X25519", "X448", "DH", "RSA-OAEP"].includes(algorithm) || algorithm.startsWith("ML-KEM");
}

export const keyCannotSign: Rule = {
  code: "key.cannot_sign",
  severity: "error",
  summary: "The key is of a kind that cannot sign.",
  hint: "Ask the identity provider for its signing certificate: this one is for key agreement or encryption.",
  source: "RFC 8410, 3; RFC 9935; RFC 4055, 4",
  check({ certificate: { publicKey } }) {
    const { algorithm } = publicKey;
    return cannotSign(algorithm) && { message: `A key of the kind ${algorithm} cannot sign.` };
  },
};
