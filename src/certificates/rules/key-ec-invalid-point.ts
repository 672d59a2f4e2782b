import { pointFault } from "./ec-point.ts";
import type { Rule } from "./rule.ts";

export const keyEcInvalidPoint: Rule = {
  code: "key.ec_invalid_point",
  severity: "error",
  summary: "The key is no point of its curve: no program can verify a signature with it.",
  hint: "Download the certificate again; if it stays so, the identity provider must make a new key.",
  source: "RFC 5480, 2.2; SEC 1, 3.2.2.1",
  check(facts) {
    return pointFault(facts) === "invalid";
  },
};
