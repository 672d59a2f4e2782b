import { cannotSign } from "./key-cannot-sign.ts";
import type { Rule } from "./rule.ts";

/** What XML signature libraries verify, and what is an error already. */
const USUAL: readonly string[] = ["RSA", "EC", "DSA"];

export const keyUnsupportedByMostSps: Rule = {
  code: "key.unsupported_by_most_sps",
  severity: "warning",
  summary: "Most service providers cannot verify signatures of this kind of key.",
  hint: "Ask for RSA, or ECDSA on P-256, P-384 or P-521, unless the service provider names this kind.",
  source: "XML Signature 1.1, 6.4; RFC 9231",
  check({ certificate: { publicKey } }) {
    const { algorithm } = publicKey;
    return (
      !USUAL.includes(algorithm) &&
      !cannotSign(algorithm) && {
        message: `Most service providers cannot verify signatures of ${algorithm} keys.`,
      }
    );
  },
};
