import { isPublishedKey } from "./published-keys.ts";
import type { CertificateRuleCode, CertificateRules } from "./subject.ts";

/** Keys for key agreement, key encapsulation or encryption only. */
function cannotSign(algorithm: string): boolean {
  return ["X25519", "X448", "DH", "RSA-OAEP"].includes(algorithm) || algorithm.startsWith("ML-KEM");
}

/** The kinds that XML signature libraries verify, and DSA, which is an error of its own. */
const USUAL: readonly string[] = ["RSA", "EC", "DSA"];

export const keyRules: CertificateRules<
  Exclude<CertificateRuleCode, `key.${"rsa" | "ec"}_${string}`> & `key.${string}`
> = {
  "key.private_key_is_public": {
    check({ certificate }) {
      return isPublishedKey(certificate.publicKey.spkiSha256);
    },
  },
  "key.dsa": {
    check({ certificate }) {
      return certificate.publicKey.algorithm === "DSA";
    },
  },
  "key.cannot_sign": {
    check({ certificate: { publicKey } }) {
      const { algorithm } = publicKey;
      return cannotSign(algorithm) && { values: { algorithm } };
    },
  },
  "key.algorithm_not_accepted": {
    check({ certificate: { publicKey }, policy: { keyAlgorithms } }) {
      const { algorithm } = publicKey;
      return (
        keyAlgorithms?.includes(algorithm) === false && {
          values: { algorithm, accepted: keyAlgorithms.join(" and ") },
        }
      );
    },
  },
  "key.unsupported_by_most_sps": {
    check({ certificate: { publicKey } }) {
      const { algorithm } = publicKey;
      return !USUAL.includes(algorithm) && !cannotSign(algorithm) && { values: { algorithm } };
    },
  },
};
