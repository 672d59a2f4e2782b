import type { CodeEntry } from "../../core/finding.ts";

const signatureAlgorithmMismatch: CodeEntry = {
  code: "sigalg.mismatch_inner_outer",
  severity: "error",
  summary: "The two places that name the signature algorithm differ.",
  hint: "Ask the issuer for a new certificate: this one is refused by most software.",
  source: "RFC 5280, 4.1.1.2",
};

const signatureAlgorithmParameters: CodeEntry = {
  code: "sigalg.parameters",
  severity: "error",
  summary: "The parameters of the signature algorithm are not those that it has.",
  hint: "Ask for a new certificate: strict software refuses this one.",
  source: "RFC 3279, 2.2; RFC 4055, 3.1; RFC 8410, 3",
};

const extensionMalformed: CodeEntry = {
  code: "ext.malformed",
  severity: "warning",
  summary: "An extension does not have the form that its standard gives it.",
  hint: "Nothing for most SAML software, which reads no extensions; ask for a new certificate if a consumer refuses this one.",
  source: "RFC 5280, 4.2",
};

const keyMalformed: CodeEntry = {
  code: "key.malformed",
  severity: "error",
  summary: "The public key does not have the form that its algorithm gives it.",
  hint: "Ask for a new certificate: no software can verify a signature with this key.",
  source: "RFC 5280, 4.1.2.7; RFC 3279, 2.3",
};

export const requestMalformed: CodeEntry = {
  code: "request.malformed",
  severity: "fatal",
  summary: "The input is not a certificate signing request that can be read.",
  hint: "Give the request from -----BEGIN CERTIFICATE REQUEST----- to its END line.",
  source: "RFC 2986, 4",
};

export const x509Codes: readonly CodeEntry[] = [
  signatureAlgorithmMismatch,
  signatureAlgorithmParameters,
  extensionMalformed,
  keyMalformed,
  requestMalformed,
];
