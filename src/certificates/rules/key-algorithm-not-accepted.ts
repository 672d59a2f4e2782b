import type { Rule } from "./rule.ts";

export const keyAlgorithmNotAccepted: Rule = {
  code: "key.algorithm_not_accepted",
  severity: "error",
  summary: "The consumer does not take keys of this kind.",
  hint: "Ask the identity provider for a certificate with a key of another kind.",
  source: "documentation of the consumer",
  check({ certificate: { publicKey }, policy: { keyAlgorithms } }) {
    const { algorithm } = publicKey;
    return (
      keyAlgorithms?.includes(algorithm) === false && {
        message: `The key is of the kind ${algorithm}; the consumer takes ${keyAlgorithms.join(" and ")}.`,
      }
    );
  },
};
