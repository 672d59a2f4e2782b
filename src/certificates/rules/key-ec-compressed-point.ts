import { pointFault } from "./ec-point.ts";
import type { Rule } from "./rule.ts";

export const keyEcCompressedPoint: Rule = {
  code: "key.ec_compressed_point",
  severity: "warning",
  summary: "The key is written as a compressed point, which some programs cannot read.",
  hint: "Ask for a certificate with an uncompressed key: it is the form that all must support.",
  source: "RFC 5480, 2.2",
  check(facts) {
    return pointFault(facts) === "compressed";
  },
};
