import { listOf, type Rule } from "./rule.ts";
import { looksLikeTls } from "./use-looks-like-tls-certificate.ts";

export const useEkuServerAuth: Rule = {
  code: "use.eku_server_auth",
  severity: "notice",
  summary: "The certificate is meant for a TLS server.",
  hint: "Nothing has to be done if the identity provider does sign with it.",
  source: "RFC 5280, 4.2.1.12",
  check({ certificate }) {
    return listOf(certificate, "extKeyUsage")?.includes("serverAuth") && !looksLikeTls(certificate)
      ? {}
      : undefined;
  },
};
