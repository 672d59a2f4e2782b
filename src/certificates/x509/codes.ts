import type { CodeEntry } from "../../core/finding.ts";

export const requestMalformed: CodeEntry = {
  code: "request.malformed",
  severity: "fatal",
  summary: "The input is not a certificate signing request that can be read.",
  hint: "Give the request from -----BEGIN CERTIFICATE REQUEST----- to its END line.",
  source: "RFC 2986, 4",
};
