import { NULL } from "../der/reader.ts";
import type { Rule } from "./rule.ts";

export const keyRsaParameters: Rule = {
  code: "key.rsa_parameters",
  severity: "warning",
  summary: "The parameters of the RSA key are not NULL.",
  hint: "Ask for a new certificate: Go refuses this one.",
  source: "RFC 3279, 2.3.1",
  check({ certificate, reading }) {
    return certificate.publicKey.algorithm === "RSA" && reading.key.parametersTag !== NULL;
  },
};
